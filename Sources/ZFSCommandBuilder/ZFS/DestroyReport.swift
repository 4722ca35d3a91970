/// What `zfs destroy -vp` says: what it destroyed, or with `-n` would destroy, and the space.
public struct DestroyReport: Hashable, Sendable {
    /// The full names, in the order of the output.
    public let destroyed: [String]
    /// The bytes that become free; nil when OpenZFS says nothing about it, as for a file system without snapshots.
    public let reclaimed: UInt64?

    /// Takes the two parts.
    public init(destroyed: [String], reclaimed: UInt64?) {
        self.destroyed = destroyed
        self.reclaimed = reclaimed
    }

    /// Reads lines of the form `destroy<tab>name` and `reclaim<tab>bytes` (`zfs_main.c`).
    init(output: [UInt8]) throws(OutputError) {
        var destroyed: [String] = []
        var reclaimed: UInt64?
        for line in output.split(separator: 0x0A) {
            var fields = try Fields(line, count: 2)
            switch fields.text() {
            case "destroy": destroyed.append(fields.text())
            case "reclaim": reclaimed = try fields.number()
            default: throw OutputError(expected: "\"destroy\" or \"reclaim\"", line: line)
            }
        }
        self.init(destroyed: destroyed, reclaimed: reclaimed)
    }
}

extension ReportingCommand where Output == DestroyReport {
    /// Decodes the lines of `-vp`.
    /// - Throws: `OutputError` for a line that starts with another word than `destroy` and `reclaim`.
    public func decode(_ output: [UInt8]) throws(OutputError) -> DestroyReport {
        try DestroyReport(output: output)
    }
}
