extension ZFS {
    /// `zfs unload-key`: forgets encryption keys of datasets that are not mounted.
    ///
    /// Source: `zfs-load-key(8)`.
    public struct UnloadKey: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// One encryption root, or all of them.
        public var target: DatasetSelection
        /// `-r`: also all encryption roots below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ target: DatasetSelection,
            recursive: Bool = false
        ) {
            self.target = target
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("unload-key")
            list.flag("-r", recursive)
            list.append(target.argument)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }
    }
}
