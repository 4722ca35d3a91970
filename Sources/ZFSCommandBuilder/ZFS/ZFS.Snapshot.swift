extension ZFS {
    /// `zfs snapshot`: takes snapshots, all of them at the same moment.
    ///
    /// Source: `zfs-snapshot(8)`.
    public struct Snapshot: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshots to take; all in one pool, each of another dataset.
        public var snapshots: [SnapshotName]
        /// `-r`: also of all datasets below.
        public var recursive: Bool
        /// `-o`: user properties to set on each.
        public var properties: [PropertyAssignment]

        /// Makes the command.
        public init(
            _ snapshots: [SnapshotName],
            recursive: Bool = false,
            properties: [PropertyAssignment] = []
        ) {
            self.snapshots = snapshots
            self.recursive = recursive
            self.properties = properties
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("snapshot")
            list.flag("-r", recursive)
            list.options("-o", properties.map(\.argument))
            list.append(contentsOf: snapshots.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { .only(snapshots.map(\.dataset.pool)) }
    }
}
