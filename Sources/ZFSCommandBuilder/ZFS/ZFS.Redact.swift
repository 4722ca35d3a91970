extension ZFS {
    /// `zfs redact`: makes a bookmark that lists the blocks which a redacted stream leaves out.
    ///
    /// Source: `zfs-redact(8)`.
    public struct Redact: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshot that is to be sent without them.
        public var snapshot: SnapshotName
        /// The bookmark to make, of the same dataset.
        public var bookmark: RedactionBookmark
        /// Snapshots of clones in which the blocks are changed, at least one.
        public var redactions: [SnapshotName]

        /// Makes the command.
        public init(
            _ snapshot: SnapshotName,
            to bookmark: RedactionBookmark,
            against redactions: [SnapshotName]
        ) {
            self.snapshot = snapshot
            self.bookmark = bookmark
            self.redactions = redactions
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("redact")
            list.append(snapshot.text, bookmark.text)
            list.append(contentsOf: redactions.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { snapshot.dataset.pool }
    }
}
