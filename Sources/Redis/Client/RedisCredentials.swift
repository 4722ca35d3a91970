/// A name and a password for Redis, which do not show when they are printed.
public struct RedisCredentials: Sendable, CustomStringConvertible, CustomReflectable {
    let user: String?
    let password: [UInt8]

    /// Makes credentials.
    ///
    /// - Parameters:
    ///   - user: A user of the server's access list (Redis 6); nil is the user `default`.
    ///   - password: The bytes of the password, without a line end.
    public init(user: String? = nil, password: [UInt8]) {
        self.user = user
        self.password = password
    }

    /// Says that there are credentials, and not which.
    public var description: String { "RedisCredentials" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
