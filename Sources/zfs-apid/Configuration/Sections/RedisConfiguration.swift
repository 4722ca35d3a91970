/// The Redis server that several daemons share: `redis`.
///
/// Without a host and a path none is used.
struct RedisConfiguration: Sendable, Hashable {
    /// Where the server is.
    enum Endpoint: Sendable, Hashable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    var host: String?
    var port = 6379
    /// The Unix socket of the server.
    var path: String?
    /// The number of the database.
    var database = 0
    /// The user of Redis 6 and later; nil for its default one.
    var user: String?
    /// File of the password.
    var passwordFile: String?

    /// Where the server is; nil when none is used.
    var endpoint: Endpoint? {
        path.map(Endpoint.unix) ?? host.map { .tcp(host: $0, port: port) }
    }

    mutating func read(_ section: ConfigurationSection) {
        section.refuse(
            "password",
            "a password must not be in this file; put it into a file with mode 0600 and name that as password_file"
        )
        section.text("host", .remoteHost, into: &host)
        section.integer("port", 1...65_535, into: &port)
        section.text("path", .socketPath, into: &path)
        section.integer("db", 0...65_535, into: &database)
        section.text("user", .word, into: &user)
        section.text("password_file", .path, into: &passwordFile)
    }
}
