/// A way to hash passwords that libxcrypt has and that is fit for it, see crypt(5).
public enum PasswordMethod: String, Sendable, Hashable, CaseIterable {
    /// yescrypt, `$y$`: needs memory as well as time.
    case yescrypt
    /// bcrypt, `$2b$`, also read as `$2a$` and `$2y$`: passwords have at most 72 bytes.
    case bcrypt

    /// The costs that are accepted; each is twice the work of the one before.
    ///
    /// The highest take a few seconds, and 128 MiB with yescrypt: a login must not stop the service.
    public var costs: ClosedRange<Int> {
        switch self {
        case .yescrypt: 1...8
        case .bcrypt: 4...16
        }
    }

    /// The cost of new hashes: about 25 ms for yescrypt and 200 ms for bcrypt on a machine of 2024.
    public var defaultCost: Int {
        switch self {
        case .yescrypt: 5
        case .bcrypt: 12
        }
    }

    /// The most bytes of a password: bcrypt would not look at more, and crypt(3) takes no longer ones.
    public var longestPassword: Int {
        switch self {
        case .yescrypt: 511
        case .bcrypt: 72
        }
    }

    /// What hashes that are made here begin with.
    var prefix: String {
        switch self {
        case .yescrypt: "$y$"
        case .bcrypt: "$2b$"
        }
    }
}
