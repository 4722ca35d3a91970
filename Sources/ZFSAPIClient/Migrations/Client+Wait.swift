extension Client {
    /// Waits until a migration has ended with success.
    ///
    /// To stop waiting does not stop the migration.
    /// - Parameters:
    ///   - taskID: The migration.
    ///   - interval: How long to wait between two looks; remote callers are counted, so take not less than two seconds.
    ///   - patience: How long the daemon may be away.
    ///   - update: Gets the task at each look.
    /// - Returns: The task.
    /// - Throws: `ClientError` of the kind `migrationFailed` when it has failed or was cancelled; others when the daemon
    ///   does not know it or can not be reached.
    public func wait(
        for taskID: String, every interval: Duration = .seconds(2), patience: Duration = .seconds(60),
        update: (MigrationGetResult) -> Void = { _ in }
    ) async throws(ClientError) -> MigrationGetResult {
        var heard = ContinuousClock.now
        var pause = min(Duration.milliseconds(100), interval)
        while true {
            do throws(ClientError) {
                let task = try await migrationGet(taskID: taskID)
                heard = .now
                update(task)
                if let failure = task.failure { throw failure }
                if task.hasEnded { return task }
            } catch {
                let mayPass = error.kind != .migrationFailed && (error.isRetryable || error.kind == .connectionFailed)
                guard mayPass, ContinuousClock.now - heard <= patience else { throw error }
                if let seconds = error.retryAfter { try await Self.sleep(min(seconds, 30)) }
            }
            try await Self.sleep(Double(pause.components.seconds) + Double(pause.components.attoseconds) / 1e18)
            pause = min(pause * 2, interval)
        }
    }
}
