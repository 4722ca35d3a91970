extension ZFS {
    /// `zfs holds`: says which holds snapshots have.
    ///
    /// Source: `zfs-hold(8)`.
    public struct Holds: RowCommand {
        /// One hold on one snapshot.
        public typealias Row = HoldEntry

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshots, at least one.
        public var snapshots: [SnapshotName]
        /// `-r`: also of the snapshots of the same short name in all datasets below.
        public var recursive: Bool
        /// `-p`: times in seconds since 1970.
        ///
        /// Not in 2.1.
        public var exactTimes: Bool

        /// Makes the command.
        public init(
            _ snapshots: [SnapshotName],
            recursive: Bool = false,
            exactTimes: Bool = false
        ) {
            self.snapshots = snapshots
            self.recursive = recursive
            self.exactTimes = exactTimes
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("holds")
            list.flag("-r", recursive)
            list.append("-H")
            list.flag("-p", exactTimes)
            list.append(contentsOf: snapshots.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { .only(snapshots.map(\.dataset.pool)) }

        /// Decodes one line, without its newline.
        /// - Throws: `OutputError` when the line does not have the fields that the options ask for.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> HoldEntry {
            try HoldEntry(line)
        }
    }
}
