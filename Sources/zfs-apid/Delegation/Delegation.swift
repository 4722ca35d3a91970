import ZFSRPC

/// The permissions of `zfs allow` (`zfs-allow(8)`) that a daemon without root's rights needs for the methods of a role.
///
/// `create`, `destroy`, `clone`, `receive` and `rename` are worth nothing without `mount`, although Linux lets only root
/// mount. Creating with a property needs the permission of that property too.
enum Delegation {
    /// The permissions of a role, those of lower roles included, in alphabetical order.
    static func permissions(of role: Role) -> [String] {
        switch role {
        case .viewer: viewer
        case .operator: (viewer + `operator`).sorted()
        case .admin: (viewer + `operator` + admin + properties).sorted()
        }
    }

    /// The command that gives a user what a role needs, or the part of it that is missing.
    static func command(granting permissions: [String], to user: String, on dataset: String) -> String {
        // A dataset's name may have blanks; it has no quotes.
        let operand = dataset.contains(" ") ? "'\(dataset)'" : dataset
        return "zfs allow -u \(user) \(permissions.joined(separator: ",")) \(operand)"
    }

    private static let viewer = ["diff"]
    private static let `operator` = [
        "bookmark", "create", "destroy", "hold", "mount", "release", "rename", "rollback", "send", "snapshot",
    ]
    private static let admin = ["change-key", "clone", "load-key", "promote", "receive", "userprop"]
    /// Properties of file systems and volumes.
    ///
    /// `mountpoint`, the share properties, `zoned`, `setuid` and `devices` are left out: who sets them decides what root
    /// mounts, shares and runs, and so becomes root.
    private static let properties = [
        "aclinherit", "aclmode", "acltype", "atime", "canmount", "checksum", "compression", "copies", "dedup",
        "dnodesize",
        "encryption", "exec", "filesystem_limit", "keyformat", "keylocation", "logbias", "primarycache", "quota",
        "readonly", "recordsize", "redundant_metadata", "refquota", "refreservation", "relatime", "reservation",
        "secondarycache", "snapdev", "snapdir", "snapshot_limit", "special_small_blocks", "sync", "volblocksize",
        "volmode", "volsize", "xattr",
    ]
}
