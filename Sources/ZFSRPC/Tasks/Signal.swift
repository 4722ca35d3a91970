internal import Synchronization

/// Wakes one waiting task; what was sent while nobody waited is not lost.
///
/// ## Concurrency
/// Anybody sends; one task waits. The mutex is never held while it is woken.
final class Signal: Sendable {
    private struct State {
        var isSent = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes who waits, or the next one who would.
    func send() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isSent = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits until something is sent, the time is over, or the task is cancelled.
    func wait(atMost duration: Duration) async {
        let alarm = Task {
            try await Task.sleep(for: duration)
            send()
        }
        defer { alarm.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSent = state.withLock { state in
                    defer { state.isSent = false }
                    if !state.isSent { state.waiter = continuation }
                    return state.isSent
                }
                if isSent { continuation.resume() }
            }
        } onCancel: {
            send()
        }
    }
}
