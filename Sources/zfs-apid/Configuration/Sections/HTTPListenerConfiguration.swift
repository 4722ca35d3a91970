/// The TCP listener of HTTP: `server.http`.
struct HTTPListenerConfiguration: Sendable, Hashable {
    /// An IP address or `localhost`.
    var host = "127.0.0.1"
    /// A TCP port; 0 lets the kernel choose.
    var port = 8545
    var limits = ConnectionLimits()

    mutating func read(_ section: ConfigurationSection) {
        section.text("host", .host, into: &host)
        section.integer("port", 0...65_535, into: &port)
        section.section("limits") { limits.read($0) }
    }
}
