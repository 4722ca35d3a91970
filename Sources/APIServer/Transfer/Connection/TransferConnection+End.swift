internal import ZFSRPC

extension TransferConnection {
    /// Runs a transfer, and cancels it when the client goes away while `zfs` has nothing to say.
    func endingWithClient<Value: Sendable>(
        _ body: @escaping @Sendable () async -> Result<Value, RPCError>
    ) async -> Result<Value, RPCError> {
        await withTaskGroup(of: Result<Value, RPCError>?.self) { tasks in
            tasks.addTask { await body() }
            tasks.addTask {
                guard await waitUntilGone() else { return nil }
                return .failure(RPCError(.cancelled, "client_gone", "the client has gone away"))
            }
            var result: Result<Value, RPCError>?
            while let next = await tasks.next() {
                guard let next else { continue }
                result = result ?? next
                tasks.cancelAll()
            }
            return result ?? .failure(RPCError(.cancelled, "client_gone", "the client has gone away"))
        }
    }

    /// Says the last word and closes.
    ///
    /// The task of a daemon that stops is cancelled, but its client shall be told of it: so this is a task of its own,
    /// which then has a short time.
    /// - Parameters:
    ///   - drain: How long the rest of what the client sends is read and dropped.
    ///   - onLoss: Called when the client does not take it.
    ///   - lastWord: Writes it.
    func end(
        drain: Duration,
        onLoss: @escaping @Sendable (any Error) -> Void = { _ in },
        _ lastWord: @escaping @Sendable () async throws -> Void
    ) async {
        let isStopping = Task.isCancelled
        let ending = Task {
            do {
                try await lastWord()
                await finish(until: .now + drain)
            } catch {
                onLoss(error)
                await reset()
            }
        }
        if isStopping {
            let limit = Task {
                try await Task.sleep(for: drain)
                ending.cancel()
            }
            await ending.value
            limit.cancel()
        } else {
            await withTaskCancellationHandler {
                await ending.value
            } onCancel: {
                ending.cancel()
            }
        }
    }
}
