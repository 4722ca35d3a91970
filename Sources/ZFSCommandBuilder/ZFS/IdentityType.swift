/// A kind of user or group, as `-t` of `zfs userspace` and `zfs groupspace` takes it.
public enum IdentityType: String, Sendable, Hashable, CaseIterable {
    /// All kinds.
    case all
    /// Users by number.
    case posixUser = "posixuser"
    /// Users by SID.
    case smbUser = "smbuser"
    /// Groups by number.
    case posixGroup = "posixgroup"
    /// Groups by SID.
    case smbGroup = "smbgroup"
}
