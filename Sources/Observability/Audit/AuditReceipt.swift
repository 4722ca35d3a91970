internal import Synchronization

/// What one line's writer waits for: that the line is on disk, or why it is not.
///
/// ## Concurrency
/// Any thread may close it, the first wins; one task waits.
final class AuditReceipt: Sendable {
    private enum State {
        case open
        case waited(CheckedContinuation<AuditError?, Never>)
        case closed(AuditError?)
    }

    private let state = Mutex(State.open)

    /// Says what became of the line; nil: it is on disk.
    func close(_ error: AuditError?) {
        let waiter = state.withLock { state -> CheckedContinuation<AuditError?, Never>? in
            switch state {
            case .open:
                state = .closed(error)
                return nil
            case .waited(let continuation):
                state = .closed(error)
                return continuation
            case .closed:
                return nil
            }
        }
        waiter?.resume(returning: error)
    }

    /// Waits until it is closed; a disk that hangs closes it with `late` after `limit`, as does cancellation at once.
    func wait(atMost limit: Duration, late: AuditError) async -> AuditError? {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await Task.sleep(for: limit)
                self.close(late)
            }
            let error = await closed()
            group.cancelAll()
            return error
        }
    }

    private func closed() async -> AuditError? {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state -> AuditError?? in
                if case .closed(let error) = state { return .some(error) }
                state = .waited(continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}
