/// What one client of the transfer sockets may cost.
public struct TransferLimits: Sendable, Hashable {
    /// How long TLS and the handshake may take, from the accepted connection on, all of it.
    public var handshakeTimeout: Duration
    /// How long a client may take nothing of what the server says after a stream.
    public var answerTimeout: Duration
    /// How long the rest of what a client sends is read and dropped after the last answer, so that it is not lost to a
    /// reset.
    public var drain: Duration

    /// Makes limits; the defaults are those of the daemon.
    public init(
        handshakeTimeout: Duration = .seconds(10), answerTimeout: Duration = .seconds(600),
        drain: Duration = .seconds(2)
    ) {
        self.handshakeTimeout = handshakeTimeout
        self.answerTimeout = answerTimeout
        self.drain = drain
    }
}
