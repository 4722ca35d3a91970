internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Readiness {
    /// Asks ZFS for its pools.
    static func check(_ runner: any CommandRunner) async -> Readiness {
        do {
            let list = ZPool.List(columns: [.name])
            var invocation = Invocation(list)
            invocation.deadline = .seconds(2)
            let pools = try await runner.run(list, as: invocation)
            let check = Check(name: "zfs", isOK: true, detail: "zpool list answers")
            return Readiness(checks: [check], poolCount: pools.count)
        } catch {
            let error = RPCError(of: error, failureCode: .operationFailed)
            return Readiness(
                checks: [Check(name: "zfs", isOK: false, detail: "\(error.reason): \(error.message)")], poolCount: nil)
        }
    }
}
