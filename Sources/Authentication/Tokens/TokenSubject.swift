public import ZFSCommandBuilder
public import ZFSRPC

/// Whom a token stands for.
public struct TokenSubject: Sendable, Hashable {
    /// The user's name.
    public let name: String
    /// What it may do.
    ///
    /// For a user of the configuration, what the configuration says when the token is used counts instead.
    public let role: Role
    /// The datasets it may name, each with everything below it; nil for all.
    ///
    /// For a user of the configuration they are not in the token at all.
    public let subtrees: [DatasetName]?
    /// Whether the name is no user of the configuration, and the token alone says what it may do.
    public let isStandalone: Bool

    /// Makes a subject.
    public init(name: String, role: Role, subtrees: [DatasetName]? = nil, isStandalone: Bool) {
        self.name = name
        self.role = role
        self.subtrees = subtrees
        self.isStandalone = isStandalone
    }
}
