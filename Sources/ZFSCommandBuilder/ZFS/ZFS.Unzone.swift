extension ZFS {
    /// `zfs unzone`: detaches a file system from a user namespace.
    ///
    /// Not in 2.1. Linux only; FreeBSD has `jail` and `unjail` in its place.
    ///
    /// Source: `zfs-zone(8)`.
    public struct Unzone: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The file system.
        public var dataset: DatasetName
        /// The file of the user namespace, such as `/proc/1234/ns/user`.
        public var namespace: AbsolutePath

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            namespace: AbsolutePath
        ) {
            self.dataset = dataset
            self.namespace = namespace
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["unzone", namespace.text, dataset.text]
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
