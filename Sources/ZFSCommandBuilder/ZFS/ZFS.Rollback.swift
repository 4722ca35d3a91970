extension ZFS {
    /// `zfs rollback`: discards all changes since a snapshot.
    ///
    /// Source: `zfs-rollback(8)`.
    public struct Rollback: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshot to go back to.
        public var snapshot: SnapshotName
        /// `-r`: destroy the snapshots and bookmarks that are newer; without it, newer ones are an error.
        public var destroyNewer: Bool
        /// `-R`: also clones of the newer snapshots.
        public var destroyClones: Bool
        /// `-f`: with `-R`, unmount the clones by force.
        public var force: Bool

        /// Makes the command.
        public init(
            _ snapshot: SnapshotName,
            destroyNewer: Bool = false,
            destroyClones: Bool = false,
            force: Bool = false
        ) {
            self.snapshot = snapshot
            self.destroyNewer = destroyNewer
            self.destroyClones = destroyClones
            self.force = force
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("rollback")
            list.flag("-R", destroyClones)
            list.flag("-r", destroyNewer && !destroyClones)
            list.flag("-f", force)
            list.append(snapshot.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { snapshot.dataset.pool }
    }
}
