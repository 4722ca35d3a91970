/// Where a Redis server listens.
public enum RedisAddress: Sendable, Hashable {
    /// A host name or IP address, and a port.
    case tcp(host: String, port: Int)
    /// The path of a Unix socket.
    case unix(path: String)
}
