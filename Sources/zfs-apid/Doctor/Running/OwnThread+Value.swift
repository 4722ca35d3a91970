import AsyncZFSExecutor

extension OwnThread {
    /// What `body` returns, which may block: a file system that hangs then takes none of the few threads that all tasks share.
    ///
    /// - Returns: Nil when there can be no more threads.
    static func value<Value: Sendable>(of body: @escaping @Sendable () -> Value) async -> Value? {
        await withCheckedContinuation { continuation in
            let result = start { continuation.resume(returning: body()) }
            if result != 0 { continuation.resume(returning: nil) }
        }
    }

    /// The findings of a check that blocks.
    static func findings(of check: String, _ body: @escaping @Sendable () -> [Finding]) async -> [Finding] {
        await value(of: body) ?? [.problem(check, "the system gives no thread to look with", "see ulimit -u")]
    }
}
