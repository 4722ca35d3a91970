/// What one user, group or project takes on a file system: one line of `zfs userspace`.
public struct SpaceUsage: Sendable, Hashable {
    /// The kind as `zfs` prints it, for example `POSIX User`.
    public let type: String
    /// The name, or the number when it has none.
    public let name: String
    /// The bytes that it takes.
    public let used: UInt64?
    /// The bytes that it may take; nil when there is no quota.
    public let quota: UInt64?
    /// The number of objects that it has; nil when the file system does not count them.
    public let objectsUsed: UInt64?
    /// The number of objects that it may have; nil when there is no quota.
    public let objectQuota: UInt64?

    static let columns = "type,name,used,quota,objused,objquota"

    init(_ line: ArraySlice<UInt8>) throws(OutputError) {
        var fields = try Fields(line, count: 6)
        type = fields.text()
        name = fields.text()
        used = try Self.amount(&fields)
        quota = try Self.amount(&fields)
        objectsUsed = try Self.amount(&fields)
        objectQuota = try Self.amount(&fields)
    }

    /// `userspace_cb` of `zfs_main.c` prints `none` for a missing quota and `-` for a missing number.
    private static func amount(_ fields: inout Fields) throws(OutputError) -> UInt64? {
        try fields.parsed("a number, \"none\" or \"-\"") { text in
            text == "none" || text == "-" ? .some(nil) : UInt64(text).map { .some($0) }
        }
    }
}
