extension ZFS {
    /// `zfs load-key`: loads encryption keys.
    ///
    /// Source: `zfs-load-key(8)`.
    public struct LoadKey: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// One encryption root, or all of them.
        public var target: DatasetSelection
        /// `-r`: also all encryption roots below.
        public var recursive: Bool
        /// `-L`: read the key from here; with `-r` or for all, only `prompt`.
        ///
        /// Nil for the property `keylocation`.
        public var location: KeyLocation?
        /// `-n`: only check the key.
        public var dryRun: Bool

        /// Makes the command.
        public init(
            _ target: DatasetSelection,
            recursive: Bool = false,
            location: KeyLocation? = nil,
            dryRun: Bool = false
        ) {
            self.target = target
            self.recursive = recursive
            self.location = location
            self.dryRun = dryRun
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("load-key")
            list.flag("-n", dryRun)
            list.flag("-r", recursive)
            list.option("-L", location?.text)
            list.append(target.argument)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }
    }
}
