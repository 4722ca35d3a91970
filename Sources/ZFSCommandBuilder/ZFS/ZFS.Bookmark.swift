extension ZFS {
    /// `zfs bookmark`: marks the moment of a snapshot, or copies a bookmark.
    ///
    /// Source: `zfs-bookmark(8)`.
    public struct Bookmark: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshot or bookmark to mark.
        public let source: DatasetReference
        /// The bookmark to make, of the same dataset or a clone of it.
        public let bookmark: BookmarkName

        /// Marks a snapshot.
        public init(_ snapshot: SnapshotName, as bookmark: BookmarkName) {
            source = .snapshot(snapshot)
            self.bookmark = bookmark
        }

        /// Copies a bookmark.
        public init(_ original: BookmarkName, as bookmark: BookmarkName) {
            source = .bookmark(original)
            self.bookmark = bookmark
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] { ["bookmark", source.text, bookmark.text] }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { source.pool }
    }
}
