extension ZFS {
    /// `zfs upgrade`: moves file systems to a newer on-disk version.
    ///
    /// Source: `zfs-upgrade(8)`.
    public struct Upgrade: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// One file system, or all of them.
        public var target: DatasetSelection
        /// `-r`: also everything below.
        public var recursive: Bool
        /// `-V`: the version; nil for the newest.
        public var version: UInt32?

        /// Makes the command.
        public init(
            _ target: DatasetSelection,
            recursive: Bool = false,
            version: UInt32? = nil
        ) {
            self.target = target
            self.recursive = recursive
            self.version = version
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("upgrade")
            list.flag("-r", recursive)
            list.option("-V", version.map { String($0) })
            list.append(target.argument)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }
    }
}
