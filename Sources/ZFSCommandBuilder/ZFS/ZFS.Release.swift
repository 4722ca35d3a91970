extension ZFS {
    /// `zfs release`: takes holds from snapshots, which may then be destroyed.
    ///
    /// Source: `zfs-hold(8)`.
    public struct Release: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshots, at least one.
        public var snapshots: [SnapshotName]
        /// The tag, which each of them has.
        public var tag: HoldTag
        /// `-r`: also from the snapshots of the same short name in all datasets below.
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
            var list = Arguments("release")
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
