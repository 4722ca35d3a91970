public import ZFSCommandBuilder

/// An authenticated caller, and what it may do.
public struct Principal: Sendable, Hashable {
    /// How the caller was authenticated.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// By the localhost rule: a direct connection from this machine.
        case localhost
        /// By the credentials of its process, on a Unix socket.
        case peer
        /// By a signed token.
        case token
        /// By the static token of the configuration.
        case staticToken = "static_token"
    }

    /// The user's name; `localhost` and `token` for the kinds that have none of their own.
    public let name: String
    /// What it may do.
    public let role: Role
    /// The datasets it may name, each with everything below it; nil for all.
    public let subtrees: [DatasetName]?
    /// How it was authenticated.
    public let kind: Kind
    /// The `jti` of its token, for the audit log and for revocation.
    public let tokenID: String?

    /// Makes a principal.
    public init(name: String, role: Role, subtrees: [DatasetName]? = nil, kind: Kind, tokenID: String? = nil) {
        self.name = name
        self.role = role
        self.subtrees = subtrees
        self.kind = kind
        self.tokenID = tokenID
    }

    /// The caller of the localhost rule, who may do everything.
    public static let localhost = Principal(name: "localhost", role: .admin, kind: .localhost)
}
