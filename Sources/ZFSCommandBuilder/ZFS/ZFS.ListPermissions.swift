extension ZFS {
    /// `zfs allow`: says which permissions were given on a dataset, as text for a person.
    ///
    /// Source: `zfs-allow(8)`.
    public struct ListPermissions: TextCommand {
        /// The text as `zfs` prints it.
        public typealias Output = String

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The dataset.
        public var dataset: DatasetName

        /// Makes the command.
        public init(
            _ dataset: DatasetName
        ) {
            self.dataset = dataset
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["allow", dataset.text]
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
