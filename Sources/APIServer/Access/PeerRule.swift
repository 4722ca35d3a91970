public import ZFSCommandBuilder
public import ZFSRPC

/// What a process on the Unix socket may do, by the credentials that the kernel knows of it (unix(7), SO_PEERCRED).
public struct PeerRule: Sendable, Hashable {
    /// The users it is for.
    public let users: Set<UInt32>
    /// The group it is for, as the group that a process has when it connects; nil for none.
    public let group: UInt32?
    /// What such a process may do.
    public let role: Role
    /// The subtrees it may name; nil for all.
    public let subtrees: [DatasetName]?

    /// Makes a rule.
    public init(users: Set<UInt32>, group: UInt32? = nil, role: Role, subtrees: [DatasetName]? = nil) {
        self.users = users
        self.group = group
        self.role = role
        self.subtrees = subtrees
    }

    func matches(user: UInt32, group: UInt32) -> Bool {
        users.contains(user) || self.group == group
    }
}
