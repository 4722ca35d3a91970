import AsyncZFSExecutor
import Foundation
import Testing
import ZFSCommandBuilder

extension HangingPoolTests {
    @Test func `a stream into a pool that hangs is told of as that, and is given up when it is cancelled`() async throws
    {
        let dataset = try Lab.dataset()
        let file = "/tmp/hanging-stream"
        try Lab.shell("zfs", "snapshot", "\(dataset)@a")
        try Lab.shell("sh", "-c", "zfs send '\(dataset)@a' > \(file)")
        try Lab.makeHangingPool()
        let executor = try Executor(ExecutorConfiguration(processesPerPool: 1, grace: .milliseconds(300)))
        let command = ZFS.Receive(.dataset(try DatasetName("hanging/copy")))
        let receive: @Sendable (StreamControl) async throws -> StreamResult = { control in
            let number = unsafe open(file, O_RDONLY | O_CLOEXEC)
            let source = StreamSource.descriptor(Descriptor(owning: number))
            return try await executor.run(
                StreamPipeline([.command(Invocation(command))], from: source), control: control
            ) { _ in }
        }
        try Lab.shell("dmsetup", "suspend", "--noudevsync", "slow")
        let control = StreamControl()
        let task = Task { try await receive(control) }
        while control.waitsFor != .pool { try await Task.sleep(for: .milliseconds(100)) }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(executor.streamLoad.stuck == 1)
        #expect(executor.streamLoad.active == 1)
        await #expect(throws: ExecutionError.poolStuck(try PoolName("hanging"))) {
            _ = try await receive(StreamControl())
        }
        try Lab.shell("dmsetup", "resume", "--noudevsync", "slow")
        while executor.streamLoad.active > 0 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(executor.streamLoad.stuck == 0)
        try Lab.shell("zpool", "destroy", "-f", "hanging")
        try Lab.shell("dmsetup", "remove", "--noudevsync", "slow")
    }
}

extension Lab {
    /// Makes the pool `hanging` on the device `slow`, which can be suspended.
    static func makeHangingPool() throws {
        // The shared pool is there too, whichever test is the first.
        _ = try server()
        let sectors = try shell("blockdev", "--getsz", "/dev/ubdd").trimmingCharacters(in: .newlines)
        try shell("dmsetup", "create", "--noudevsync", "slow", "--table", "0 \(sectors) linear /dev/ubdd 0")
        try shell("zpool", "create", "-f", "hanging", "/dev/dm-0")
    }
}
