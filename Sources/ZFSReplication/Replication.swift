public import AsyncZFSExecutor
internal import Glibc
internal import Synchronization
public import ZFSCommandBuilder

/// Sends and receives with `zfs` on this host.
///
/// ## Concurrency
/// Several transfers run at once. Two receives into one dataset do not: see ``ReceivePlaces``.
public struct Replication: Replicator {
    let runner: any StreamRunner
    /// Whether this process may mount; `zfs receive` of others fails at the mount after all is received.
    let mayMount: Bool
    let places = ReceivePlaces()

    /// Makes it.
    /// - Parameter runner: Runs `zfs`.
    public init(runner: any StreamRunner) {
        self.init(runner: runner, mayMount: geteuid() == 0)
    }

    init(runner: any StreamRunner, mayMount: Bool) {
        self.runner = runner
        self.mayMount = mayMount
    }

    /// What a stream would be: its flags, decided, and its estimated size.
    /// - Throws: As ``Replicator/estimate(_:)``.
    public func estimate(_ request: SendRequest) async throws -> StreamEstimate {
        if let token = request.resumeToken { return try await resumption(of: request, with: token).estimate }
        let plan = try await plan(request)
        var command = plan.command
        command.dryRun = true
        var invocation = Invocation(command)
        // With `-R` each snapshot of each dataset is estimated.
        invocation.deadline = .seconds(600)
        let estimate = try await runner.run(command, as: invocation)
        return StreamEstimate(flags: plan.flags, bytes: estimate.bytes, isIncremental: request.origin != nil)
    }

    /// Throws away what an interrupted resumable receive left.
    /// - Throws: `CommandFailed` with `resume_conflict` when there is nothing to throw away, `ExecutionError`,
    ///   `CancellationError`.
    public func abortReceive(of dataset: DatasetName) async throws {
        try await runner.run(ZFS.AbortReceive(dataset))
    }
}
