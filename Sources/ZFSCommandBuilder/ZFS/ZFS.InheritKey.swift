extension ZFS {
    /// `zfs change-key -i`: makes an encryption root use the key of its parent.
    ///
    /// Source: `zfs-load-key(8)`.
    public struct InheritKey: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The encryption root.
        public var dataset: DatasetName
        /// `-l`: load the old key first.
        public var loadKey: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            loadKey: Bool = false
        ) {
            self.dataset = dataset
            self.loadKey = loadKey
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("change-key")
            list.append("-i")
            list.flag("-l", loadKey)
            list.append(dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
