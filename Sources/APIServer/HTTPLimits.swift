/// What one client may cost the HTTP server.
///
/// Every collection that grows with input is bounded by one of these numbers.
public struct HTTPLimits: Sendable, Hashable {
    /// The longest request body in bytes; a longer one is answered 413.
    public var bodyBytes: Int
    /// The longest header block in bytes, request line excluded; a longer one is answered 431.
    public var headerBytes: Int
    /// The largest number of header fields of a request; more are answered 431.
    public var headerFields: Int
    /// How long a connection may do nothing, and how long a client may read nothing of its answer.
    public var idleTimeout: Duration
    /// How long a TLS handshake may take, from the accepted connection on.
    public var handshakeTimeout: Duration
    /// How long the header of a request may take to arrive, from its first byte on; for the first request of a
    /// connection from the accepted connection or the end of the TLS handshake on.
    public var headerTimeout: Duration
    /// How long a request may take to arrive, from its first byte to the end of its body.
    public var requestTimeout: Duration
    /// How many connections are open at once, on all listeners together; more wait in the kernel's queue.
    public var connections: Int
    /// How many connections one IPv4 address or IPv6 /64 may have; more are closed at once.
    ///
    /// Loopback and Unix sockets are free of it.
    public var connectionsPerPeer: Int
    /// How many requests one connection may carry before it is closed.
    public var requestsPerConnection: Int
    /// How many connections of one event loop keep a channel while they wait for a request; the others wait as bare sockets,
    /// unless they are encrypted.
    public var waitingChannels: Int
    /// How many requests of one connection may wait for their answers; bytes of more stay unread.
    public var pipelinedRequests: Int

    /// The longest head that may wait for its body.
    ///
    /// Besides the fields there is the request line, and the parser counts in its own way.
    var longestHead: Int { 2 * headerBytes }

    /// Creates limits; the defaults are those of the configuration file.
    public init(
        bodyBytes: Int = 1 << 20,
        headerBytes: Int = 80 << 10,
        headerFields: Int = 100,
        idleTimeout: Duration = .seconds(60),
        handshakeTimeout: Duration = .seconds(10),
        headerTimeout: Duration = .seconds(10),
        requestTimeout: Duration = .seconds(30),
        connections: Int = 1024,
        connectionsPerPeer: Int = 64,
        requestsPerConnection: Int = 100_000,
        waitingChannels: Int = 128,
        pipelinedRequests: Int = 16
    ) {
        self.bodyBytes = bodyBytes
        self.headerBytes = headerBytes
        self.headerFields = headerFields
        self.idleTimeout = idleTimeout
        self.handshakeTimeout = handshakeTimeout
        self.headerTimeout = headerTimeout
        self.requestTimeout = requestTimeout
        self.connections = connections
        self.connectionsPerPeer = connectionsPerPeer
        self.requestsPerConnection = requestsPerConnection
        self.waitingChannels = waitingChannels
        self.pipelinedRequests = pipelinedRequests
    }
}
