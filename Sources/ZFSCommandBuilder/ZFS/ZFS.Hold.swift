extension ZFS {
    /// `zfs hold`: keeps snapshots from being destroyed.
    ///
    /// Source: `zfs-hold(8)`.
    public struct Hold: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshots, at least one.
        public var snapshots: [SnapshotName]
        /// The tag, which no snapshot of these may have yet.
        public var tag: HoldTag
        /// `-r`: also the snapshots of the same short name in all datasets below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ snapshots: [SnapshotName],
            tag: HoldTag,
            recursive: Bool = false
        ) {
            self.snapshots = snapshots
            self.tag = tag
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("hold")
            list.flag("-r", recursive)
            list.append(tag.text)
            list.append(contentsOf: snapshots.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { .only(snapshots.map(\.dataset.pool)) }
    }
}
