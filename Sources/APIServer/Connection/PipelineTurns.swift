import NIOCore

/// Lets the connections of one event loop take turns with the requests they pipeline.
///
/// An event loop looks at its sockets only when no task is left to run. Each answer is a task, so connections that always
/// have the next request at hand would keep it from all others, new connections among them. Requests that came behind
/// another in one read therefore wait here, a few begin at a time, and the next ones only after a pause in which the loop
/// has nothing to do for them. A client that waits for each answer never comes here.
///
/// ## Concurrency model
/// Everything here happens on the event loop it was made for.
final class PipelineTurns {
    /// How many requests begin in one turn, of all connections together.
    private static let requests = 16
    /// From the last answer of a turn to the next turn: long enough for the loop to send that answer and find nothing left.
    private static let pause = TimeAmount.milliseconds(1)
    /// The longest turn: a call that takes its time does not hold up the others.
    private static let longest = TimeAmount.milliseconds(100)

    private let eventLoop: any EventLoop
    /// Holds each gate once at most.
    private var waiting = CircularBuffer<ByteGate>()
    /// Requests of this turn whose answers have not ended.
    private var inProgress = 0
    private var nextTurn: Scheduled<Void>?

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Which turn it is, for ``end(of:)``.
    private(set) var current = 0

    /// Lets a gate begin a request when it is its turn.
    func wait(_ gate: ByteGate) {
        waiting.append(gate)
        if nextTurn == nil { schedule() }
    }

    /// Notes that a request ended that began in a turn.
    func end(of turn: Int) {
        guard turn == current, inProgress > 0 else { return }
        inProgress -= 1
        guard inProgress == 0, let nextTurn else { return }
        nextTurn.cancel()
        schedule()
    }

    private func schedule() {
        let delay = inProgress == 0 ? Self.pause : Self.longest
        nextTurn = eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
            nextTurn = nil
            begin()
        }
    }

    private func begin() {
        current += 1
        inProgress = 0
        for _ in 0..<Self.requests {
            guard let gate = waiting.popFirst() else { break }
            // It may end before this returns.
            inProgress += 1
            if !gate.takeTurn() { inProgress = max(0, inProgress - 1) }
        }
        if !waiting.isEmpty, nextTurn == nil { schedule() }
    }
}

@available(*, unavailable)
extension PipelineTurns: Sendable {}
