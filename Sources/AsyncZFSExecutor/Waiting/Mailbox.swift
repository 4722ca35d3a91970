internal import Synchronization

/// Collects events for one waiting task.
///
/// ## Concurrency
/// Any thread may `post`; one task at a time may be in `next`. The state is guarded by a mutex that is never held while a
/// continuation is resumed.
final class Mailbox: Sendable {
    private struct State {
        var pending: Events = []
        var waiter: CheckedContinuation<Events, Never>?
    }

    private let state = Mutex(State())

    /// Adds events and wakes the waiting task.
    func post(_ events: Events) {
        let waiter = state.withLock { state -> CheckedContinuation<Events, Never>? in
            guard let waiter = state.waiter else {
                state.pending.formUnion(events)
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: events)
    }

    /// The events that came since the last call, perhaps none.
    func take() -> Events {
        state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
    }

    /// The events that came since the last call; waits for the first.
    func next() async -> Events {
        await withCheckedContinuation { continuation in
            let events = state.withLock { state -> Events in
                let events = state.pending
                state.pending = []
                if events.isEmpty { state.waiter = continuation }
                return events
            }
            if !events.isEmpty { continuation.resume(returning: events) }
        }
    }
}
