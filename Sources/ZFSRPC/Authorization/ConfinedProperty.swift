internal import ZFSCommandBuilder

/// Which properties a principal who is limited to subtrees may set and clear.
///
/// The others reach out of the dataset: `mountpoint`, `canmount` and `overlay` into the file tree of the host;
/// `sharenfs`, `sharesmb`, `snapdev` and `volmode` to its users and network; `keylocation` to files and web servers that
/// the service reads; `devices`, `exec`, `setuid`, `zoned` and the security contexts to what the host trusts; `dedup`
/// to a table of the whole pool. A property that is not known to stay within is taken for one of them.
enum ConfinedProperty {
    /// Native properties that act within the dataset.
    static let native: [String] = [
        "aclinherit", "aclmode", "acltype", "atime", "casesensitivity", "checksum", "compression", "copies", "direct",
        "dnodesize", "encryption", "filesystem_limit", "keyformat", "logbias", "longname", "normalization",
        "pbkdf2iters", "prefetch", "primarycache", "quota", "readonly", "recordsize", "redundant_metadata", "refquota",
        "refreservation", "relatime", "reservation", "secondarycache", "snapdir", "snapshot_limit",
        "special_small_blocks", "sync", "utf8only", "volblocksize", "volsize", "volthreading", "xattr",
    ]

    /// Limits on everything below a dataset; on the top of a subtree they bind the principal itself.
    static let limits: [String] = ["filesystem_limit", "quota", "snapshot_limit"]

    /// User properties that programs of the host act on: mount units of systemd, the command line of the next boot.
    static let hostPrefixes: [String] = ["org.openzfs.systemd:", "org.zfsbootmenu:"]

    private static let accountLimits = [
        "userquota@", "userobjquota@", "groupquota@", "groupobjquota@", "projectquota@", "projectobjquota@",
    ]

    /// Whether a property acts only within the dataset that has it.
    static func contains(_ property: PropertyName) -> Bool {
        if property.isUserProperty { return !hostPrefixes.contains { property.text.hasPrefix($0) } }
        return native.contains(property.text) || accountLimits.contains { property.text.hasPrefix($0) }
    }
}
