/// Where the daemon listens: `server`.
struct ServerConfiguration: Sendable, Hashable {
    var http = HTTPListenerConfiguration()
    var unixHTTP = UnixListenerConfiguration()
    var tcp = TransferListenerConfiguration()
    var unix = UnixListenerConfiguration()

    mutating func read(_ section: ConfigurationSection) {
        section.section("http") { http.read($0) }
        section.section("unix_http") { unixHTTP.read($0) }
        section.section("tcp") { tcp.read($0) }
        section.section("unix") { unix.read($0) }
    }
}
