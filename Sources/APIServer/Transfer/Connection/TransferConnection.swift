internal import AsyncZFSExecutor

/// A connection of the transfer socket after it was accepted, and after its TLS handshake if it has one.
protocol TransferConnection: Sendable {
    /// Reads exactly so many bytes, and takes none beyond them.
    func read(_ count: Int, until deadline: ContinuousClock.Instant) async throws(TransferFault) -> [UInt8]

    /// Writes all of the bytes, in one piece if there is room.
    func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) async throws(TransferFault)

    /// Where a stream goes.
    func sink(_ framing: StreamFraming) -> StreamSink

    /// Where a stream comes from: what was not read yet.
    var source: StreamSource { get }

    /// Returns true when the client is gone for good, false when that is not known or the task was cancelled.
    ///
    /// A client of TCP that has only ended its side may go on reading, so that alone is no sign.
    func waitUntilGone() async -> Bool

    /// Ends our side, lets the client end its own until the deadline, and closes.
    ///
    /// What it still sends is dropped: a close with unread bytes would be a reset, which can overtake our last answer.
    func finish(until deadline: ContinuousClock.Instant) async

    /// Closes so that the client sees a reset, where the kind of socket has that.
    func reset() async
}

/// Why a connection cannot be read or written.
enum TransferFault: Error, Hashable {
    /// The client ended its side.
    case ended
    /// The deadline has passed.
    case late
    /// The task was cancelled: the daemon stops.
    case cancelled
    /// The connection is broken.
    case broken
}
