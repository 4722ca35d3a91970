/// What names a device or group of a pool: `/dev/sdb`, `sda`, `mirror-0`, or a guid in decimal.
///
/// At most 4095 bytes without control characters. A leading `-` is refused because it would be taken for an option, and
/// so are the words by which `zpool create` and `zpool add` begin a group (`zpool_vdev.c`, `is_grouping`): `mirror`,
/// `raidz2`, `log` and so on.
public struct VdevName: Hashable, Sendable {
    /// The name as OpenZFS takes it.
    public let text: String

    /// Parses a name.
    /// - Throws: `NameError` with the byte or word that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "device name"
        try NameRules.checkLength(text, subject, limit: 4095)
        try NameRules.checkBytes(text, subject, NameRules.isPrintable)
        if let first = text.utf8.first, first == 0x2D || first == 0x20 {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        if Self.keywords.contains(text) { throw NameError(subject, text, .reserved(text)) }
        self.text = text
    }

    /// Takes a path.
    ///
    /// A path starts with `/`, which makes it legal here.
    public init(_ path: AbsolutePath) {
        text = path.text
    }

    /// Takes the identity of a device, which `zpool status -g` shows.
    public init(_ guid: GUID) {
        text = guid.text
    }

    /// Whether `zpool create` would take the name for the start of a group.
    ///
    /// The name of a dRAID group that exists, `draid2:4d:11c:1s-0`, is legal for `zpool initialize` but reads as the layout
    /// of a new group elsewhere; so does `raidz` with any number.
    var startsGroup: Bool {
        text.hasPrefix("draid") || (text.hasPrefix("raidz") && text.utf8.dropFirst(5).allSatisfy(NameRules.isDigit))
    }

    private static let keywords: Set<String> = [
        "mirror", "raidz", "raidz1", "raidz2", "raidz3", "draid", "draid1", "draid2", "draid3",
        "spare", "log", "cache", "special", "dedup", "all-vdevs",
    ]
}

extension VdevName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
