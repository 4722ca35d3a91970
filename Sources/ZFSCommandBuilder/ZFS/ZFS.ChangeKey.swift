extension ZFS {
    /// `zfs change-key`: gives a dataset a key of its own, or another one.
    ///
    /// Source: `zfs-load-key(8)`.
    public struct ChangeKey: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The dataset, which becomes an encryption root.
        public var dataset: DatasetName
        /// `-o`: `keylocation`, `keyformat` and `pbkdf2iters`.
        public var properties: [PropertyAssignment]
        /// `-l`: load the old key first.
        public var loadKey: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            properties: [PropertyAssignment] = [],
            loadKey: Bool = false
        ) {
            self.dataset = dataset
            self.properties = properties
            self.loadKey = loadKey
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("change-key")
            list.flag("-l", loadKey)
            list.options("-o", properties.map(\.argument))
            list.append(dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
