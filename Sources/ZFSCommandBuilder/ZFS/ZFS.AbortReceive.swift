extension ZFS {
    /// `zfs receive -A`: throws away what an interrupted `zfs receive -s` left.
    ///
    /// Source: `zfs-receive(8)`.
    public struct AbortReceive: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The dataset with the part.
        public var dataset: DatasetName

        /// Makes the command.
        public init(
            _ dataset: DatasetName
        ) {
            self.dataset = dataset
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["receive", "-A", dataset.text]
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
