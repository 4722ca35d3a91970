/// What Redis answers, in the types of its protocol (RESP2).
public enum RedisReply: Sendable, Hashable {
    /// A status such as `OK`.
    case simple(String)
    /// An error inside an array. A command whose whole reply is an error throws ``RedisError/refused(_:)``.
    case error(String)
    /// A signed number.
    case integer(Int64)
    /// Bytes, which may hold anything.
    case bulk([UInt8])
    /// Several replies.
    case array([RedisReply])
    /// Nothing: no such key.
    case null

    /// The bytes of a bulk reply.
    public var bytes: [UInt8]? {
        guard case .bulk(let bytes) = self else { return nil }
        return bytes
    }

    /// The number of an integer reply.
    public var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The elements of an array.
    public var elements: [RedisReply]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The text of a status, or of bytes that are UTF-8.
    public var text: String? {
        switch self {
        case .simple(let text): text
        case .bulk(let bytes): String(validating: bytes, as: UTF8.self)
        case .error, .integer, .array, .null: nil
        }
    }
}
