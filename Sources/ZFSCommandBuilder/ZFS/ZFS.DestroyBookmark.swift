extension ZFS {
    /// `zfs destroy`: destroys a bookmark.
    ///
    /// Source: `zfs-destroy(8)`.
    public struct DestroyBookmark: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The bookmark.
        public var bookmark: BookmarkName

        /// Makes the command.
        public init(
            _ bookmark: BookmarkName
        ) {
            self.bookmark = bookmark
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["destroy", bookmark.text]
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { bookmark.dataset.pool }
    }
}
