/// A Unix socket: that of HTTP, `server.unix_http`, or that of transfers, `server.unix`.
///
/// Without a path there is none.
struct UnixListenerConfiguration: Sendable, Hashable {
    /// Where the socket is.
    var path: String?
    /// Its rights.
    var mode = 0o660
    /// The group it belongs to; nil for that of the daemon.
    var group: String?

    mutating func read(_ section: ConfigurationSection) {
        section.text("path", .socketPath, into: &path)
        section.text("mode", .socketMode, into: &mode)
        section.text("group", .systemName, into: &group)
    }
}
