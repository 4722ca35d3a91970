internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Readiness {
    /// Asks ZFS for its pools.
    static func check(_ runner: any CommandRunner) async -> Readiness {
        do {
            let pools = try await runner.run(ZPool.List(columns: [.name]))
            let check = Check(name: "zfs", isOK: true, detail: "zpool list answers")
            return Readiness(checks: [check], poolCount: pools.count)
        } catch {
            let error = RPCError(of: error, failureCode: .operationFailed)
            return Readiness(
                checks: [Check(name: "zfs", isOK: false, detail: "\(error.reason): \(error.message)")], poolCount: nil)
        }
    }
}
