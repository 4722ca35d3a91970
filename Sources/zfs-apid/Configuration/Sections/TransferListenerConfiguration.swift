/// The TCP listener of transfers: `server.tcp`.
struct TransferListenerConfiguration: Sendable, Hashable {
    var enabled = true
    /// An IP address or `localhost`.
    var host = "127.0.0.1"
    /// A TCP port; 0 lets the kernel choose.
    var port = 9999
    /// Whether it speaks TLS when there is a certificate.
    var tls = true

    mutating func read(_ section: ConfigurationSection) {
        section.flag("enabled", into: &enabled)
        section.text("host", .host, into: &host)
        section.integer("port", 0...65_535, into: &port)
        section.flag("tls", into: &tls)
    }
}
