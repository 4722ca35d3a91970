/// Why a command has no reply.
///
/// No text holds a password or an argument of a command.
public enum RedisError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no connection, or too much waits already. The command was not sent.
    case unavailable(String)
    /// No reply came in time. The command may have been applied.
    case timedOut
    /// The server answered with this error, "CODE text". The command was not applied.
    case refused(String)
    /// What came is not the Redis protocol, or too large. The command may have been applied.
    case protocolError(String)
    /// The connection broke before the reply came. The command may have been applied.
    case connectionLost(String)

    /// Whether the server may have done what the command says.
    public var mayBeApplied: Bool {
        switch self {
        case .unavailable, .refused: false
        case .timedOut, .protocolError, .connectionLost: true
        }
    }

    /// The first word of the server's error, such as `NOAUTH`, `READONLY`, `LOADING` or `OOM`.
    public var refusalCode: String? {
        guard case .refused(let text) = self else { return nil }
        return text.split(separator: " ", maxSplits: 1).first.map(String.init)
    }

    /// A word for programs that stays the same.
    public var reason: String {
        switch self {
        case .unavailable: "redis_unavailable"
        case .timedOut: "redis_timeout"
        case .refused: "redis_refused"
        case .protocolError: "redis_protocol_error"
        case .connectionLost: "redis_connection_lost"
        }
    }

    /// A sentence for the person who runs the server.
    public var description: String {
        switch self {
        case .unavailable(let reason): "Redis is not available: \(reason)"
        case .timedOut: "Redis did not answer in time"
        case .refused(let text): "Redis refused: \(text)"
        case .protocolError(let reason): "what came from Redis cannot be read: \(reason)"
        case .connectionLost(let reason): "the connection to Redis broke: \(reason)"
        }
    }

    /// The server's error text, short, and without the arguments that Redis repeats after an unknown command.
    static func refusal(_ text: String) -> RedisError {
        let end = text.firstRange(of: ", with args")?.lowerBound ?? text.endIndex
        return .refused(String(text[..<end].prefix(200)))
    }
}
