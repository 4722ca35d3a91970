/// Whether commands can be sent.
public enum RedisState: Sendable, Hashable {
    /// The server has greeted back.
    case connected
    /// There is no connection, for this reason; another try follows.
    case disconnected(RedisError)
}
