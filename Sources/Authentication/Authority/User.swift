public import ZFSCommandBuilder
public import ZFSRPC

/// A user of the configuration.
public struct User: Sendable, Hashable {
    /// The name, for logins and in tokens.
    public let name: String
    /// The hash of the password; nil for a user who only has tokens that were issued by an administrator.
    public let passwordHash: PasswordHash?
    /// What the user may do.
    public let role: Role
    /// The datasets the user may name, each with everything below it; nil for all.
    public let subtrees: [DatasetName]?

    /// Makes a user.
    /// - Parameter name: A legal one, see `isLegal(name:)`; another one never gets in.
    public init(name: String, passwordHash: PasswordHash?, role: Role, subtrees: [DatasetName]? = nil) {
        self.name = name
        self.passwordHash = passwordHash
        self.role = role
        self.subtrees = subtrees
    }

    /// Whether a name is 1 to 64 letters, digits, `.`, `_`, `-`, `@` or `+` of ASCII, begins with a letter, a digit or `_`, and
    /// is not one that callers without a name of their own have: `localhost` and `token`.
    public static func isLegal(name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard (1...64).contains(bytes.count), !["localhost", "token"].contains(name) else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "+"): index > 0
            default: false
            }
        }
    }

    /// What to say of a name that is not legal.
    public static let nameAdvice =
        "a user's name is 1 to 64 letters, digits or . _ - @ +, begins with a letter, a digit or _, "
        + "and is neither localhost nor token"
}
