/// Why a token is not accepted.
public enum TokenFault: Error, Hashable, Sendable {
    /// It was valid, and its time is over.
    case expired
    /// It was valid, and somebody revoked it.
    case revoked
    /// Anything else. A forger is not told more.
    case invalid
}
