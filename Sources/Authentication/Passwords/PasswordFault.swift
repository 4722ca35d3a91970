/// Why a password cannot be hashed.
public enum PasswordFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It has no bytes.
    case empty
    /// It has a NUL, where crypt(3) would stop reading.
    case hasNUL
    /// It has more bytes than the method looks at.
    case tooLong(limit: Int, method: PasswordMethod)
    /// The cost is not one of the method's.
    case cost(PasswordMethod)
    /// crypt(3) failed.
    case cryptography(CryptographyError)

    /// One sentence for a person, without the password.
    public var description: String {
        switch self {
        case .empty: "the password is empty"
        case .hasNUL: "the password has a NUL byte"
        case .tooLong(let limit, let method):
            "the password has more than \(limit) bytes, and \(method.rawValue) takes no more"
        case .cost(let method):
            "the cost of \(method.rawValue) is \(method.costs.lowerBound) to \(method.costs.upperBound)"
        case .cryptography(let error): error.description
        }
    }
}
