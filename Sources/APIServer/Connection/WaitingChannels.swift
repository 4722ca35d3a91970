import NIOCore

/// The connections of one event loop whose channels wait for a request, the oldest first.
///
/// Each channel takes memory, so only so many may wait: of more, the oldest goes on without one
/// (``ParkedConnections``).
///
/// ## Concurrency model
/// Everything here happens on the event loop it was made for.
final class WaitingChannels {
    /// Marks a place in the row.
    typealias Ticket = UInt64

    private let most: Int
    /// With some that have left; they are dropped now and then.
    private var row = CircularBuffer<(ticket: Ticket, connection: ConnectionGuard)>()
    private var waiting: Set<Ticket> = []
    private var next: Ticket = 1

    /// - Parameter most: How many may wait.
    init(most: Int) {
        self.most = most
    }

    /// Adds a connection; when too many wait, parks the oldest.
    func add(_ connection: ConnectionGuard) -> Ticket {
        let ticket = next
        next += 1
        waiting.insert(ticket)
        row.append((ticket, connection))
        if row.count > 2 * (most + 32) { row.removeAll { !waiting.contains($0.ticket) } }
        while waiting.count > most, let oldest = row.popFirst() {
            if waiting.remove(oldest.ticket) != nil { oldest.connection.park() }
        }
        return ticket
    }

    /// Takes a connection out.
    func remove(_ ticket: Ticket) {
        waiting.remove(ticket)
        while let first = row.first, !waiting.contains(first.ticket) { row.removeFirst() }
    }
}

@available(*, unavailable)
extension WaitingChannels: Sendable {}
