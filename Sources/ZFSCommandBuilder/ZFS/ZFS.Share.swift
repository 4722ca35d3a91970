extension ZFS {
    /// `zfs share`: shares file systems as their `sharenfs` and `sharesmb` say.
    ///
    /// Source: `zfs-share(8)`.
    public struct Share: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// What to share.
        public var target: DatasetSelection
        /// `-l`: load the keys first.
        public var loadKeys: Bool

        /// Makes the command.
        public init(
            _ target: DatasetSelection,
            loadKeys: Bool = false
        ) {
            self.target = target
            self.loadKeys = loadKeys
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("share")
            list.flag("-l", loadKeys)
            list.append(target.argument)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }
    }
}
