/// Why a text is not accepted as the hash of a password.
///
/// The text itself is never repeated.
public enum PasswordHashError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A method that is known to be too weak, or is not supported.
    case method(String)
    /// No method of crypt(5) at all; perhaps the password itself.
    case notAHash
    /// The method is right, the rest is not.
    case malformed(PasswordMethod)
    /// Checking one password would take too long or need too much memory.
    case cost(PasswordMethod)

    /// One sentence for the administrator, which says what to do.
    public var description: String {
        switch self {
        case .method(let name): "\(name) hashes are not accepted; \(Self.advice)"
        case .notAHash: "this is not the hash of a password; \(Self.advice)"
        case .malformed(let method): "this \(method.rawValue) hash is damaged or cut; \(Self.advice)"
        case .cost(let method):
            "the cost of this \(method.rawValue) hash is not within \(method.costs.lowerBound) to "
                + "\(method.costs.upperBound); \(Self.advice)"
        }
    }

    private static let advice = "make one with: zfs-apid hash-password"
}
