extension ZFS {
    /// `zfs promote`: swaps the roles of a clone and its origin, so that the origin can be destroyed.
    ///
    /// Source: `zfs-promote(8)`.
    public struct Promote: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The clone.
        public var dataset: DatasetName

        /// Makes the command.
        public init(
            _ dataset: DatasetName
        ) {
            self.dataset = dataset
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["promote", dataset.text]
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
