/// Which Redis server to use, and how much of it.
public struct RedisConfiguration: Sendable {
    /// Where the server listens.
    public var address: RedisAddress
    /// Who logs in; nil for a server without passwords.
    public var credentials: RedisCredentials?
    /// The number of the database, from 0.
    public var database: Int
    /// How long a connection may take to be there, and each step of its greeting to be answered.
    public var connectTimeout: Duration = .seconds(1)
    /// How long a command may take when it says nothing else; a later reply breaks the connection.
    public var commandTimeout: Duration = .seconds(1)
    /// How many commands may wait for their replies; one more fails at once.
    public var commandsInFlight = 16_384
    /// How many bytes of commands may wait for their replies, in all.
    public var bytesInFlight = 32 << 20
    /// The largest reply in bytes of the protocol; a larger one breaks the connection.
    public var replyBytes = 16 << 20

    /// Makes a configuration with the usual limits.
    public init(address: RedisAddress, credentials: RedisCredentials? = nil, database: Int = 0) {
        self.address = address
        self.credentials = credentials
        self.database = database
    }
}
