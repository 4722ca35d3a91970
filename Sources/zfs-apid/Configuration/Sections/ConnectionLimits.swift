/// What one client may cost: `server.http.limits`.
///
/// The limits hold for every listener of HTTP.
struct ConnectionLimits: Sendable, Hashable {
    /// The longest request body.
    var bodyBytes = 1 << 20
    /// The longest header block.
    var headerBytes = 80 << 10
    /// How long the header block may take to arrive.
    var headerTimeout = Duration.seconds(10)
    /// How long a request may take to arrive.
    var requestTimeout = Duration.seconds(30)
    /// How long a connection may do nothing, and how long a client may read nothing of its answer.
    var idleTimeout = Duration.seconds(60)
    /// How many connections are open at once, over all listeners.
    var connections = 1024
    /// How many connections one address may have; callers on this machine are bound by `connections` alone.
    var connectionsPerPeer = 64

    mutating func read(_ section: ConfigurationSection) {
        section.integer("body_bytes", 1024...(1 << 30), into: &bodyBytes)
        section.integer("header_bytes", 1024...(1 << 20), into: &headerBytes)
        section.seconds("header_timeout", 1...86_400, into: &headerTimeout)
        section.seconds("request_timeout", 1...86_400, into: &requestTimeout)
        section.seconds("idle_timeout", 1...86_400, into: &idleTimeout)
        section.integer("connections", 1...1_000_000, into: &connections)
        section.integer("connections_per_peer", 1...1_000_000, into: &connectionsPerPeer)
    }
}
