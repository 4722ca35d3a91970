extension ZFS {
    /// `zfs rename`: gives a snapshot another short name.
    ///
    /// Source: `zfs-rename(8)`.
    public struct RenameSnapshot: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshot.
        public var snapshot: SnapshotName
        /// Its new short name.
        public var newName: ComponentName
        /// `-r`: also the snapshots of that name in all datasets below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ snapshot: SnapshotName,
            to newName: ComponentName,
            recursive: Bool = false
        ) {
            self.snapshot = snapshot
            self.newName = newName
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("rename")
            list.flag("-r", recursive)
            list.append(snapshot.text, "@\(newName.text)")
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { snapshot.dataset.pool }
    }
}
