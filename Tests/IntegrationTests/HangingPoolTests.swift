import AsyncZFSExecutor
import Foundation
import Testing
import ZFSCommandBuilder

@testable import ZFSRPC

/// A pool whose device does no input or output: its commands hang in the kernel, where no signal reaches them.
@Suite(.serialized, .enabled(if: Lab.isInside, Lab.remedy)) struct HangingPoolTests {
    @Test func `a pool that hangs takes only its own places, and gives them back`() async throws {
        try Lab.makeHangingPool()
        let executor = try Executor(
            ExecutorConfiguration(processes: 4, processesPerPool: 2, deadline: .seconds(6), grace: .milliseconds(300)))
        let server = RPCServer(runner: executor, service: ServiceDescription(version: "test"))
        let set: KeyValuePairs<String, JSONValue> = ["dataset": "hanging", "property": "x:y", "value": "1"]

        try Lab.shell("dmsetup", "suspend", "--noudevsync", "slow")
        async let first = server.failure("dataset_set_property", set)
        async let second = server.failure("dataset_set_property", set)
        let failures = try await [first, second]
        #expect(failures == [Failure(-32053, "timeout"), Failure(-32053, "timeout")])
        // Both places of the pool are stuck: no further caller has to wait.
        let start = ContinuousClock.now
        #expect(try await server.failure("dataset_set_property", set) == Failure(-32052, "pool_suspended"))
        #expect(ContinuousClock.now - start < .seconds(1))
        _ = try await executor.run(ZFS.GetValue(.dataset(try DatasetName(Lab.pool)), .used))

        try Lab.shell("dmsetup", "resume", "--noudevsync", "slow")
        while try await server.call("dataset_set_property", set)["error"] != nil {
            try await Task.sleep(for: .milliseconds(100))
        }
        try Lab.shell("zpool", "destroy", "-f", "hanging")
        try Lab.shell("dmsetup", "remove", "--noudevsync", "slow")
    }
}
