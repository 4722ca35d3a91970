extension ZFS {
    /// `zfs clone`: makes a file system or volume whose first contents are those of a snapshot.
    ///
    /// Source: `zfs-clone(8)`.
    public struct Clone: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The origin.
        public var snapshot: SnapshotName
        /// The clone to make, in the same pool.
        public var dataset: DatasetName
        /// `-o`: properties to set at the same time.
        public var properties: [PropertyAssignment]
        /// `-p`: also make what is missing above, and do nothing when it exists.
        public var parents: Bool

        /// Makes the command.
        public init(
            _ snapshot: SnapshotName,
            to dataset: DatasetName,
            properties: [PropertyAssignment] = [],
            parents: Bool = false
        ) {
            self.snapshot = snapshot
            self.dataset = dataset
            self.properties = properties
            self.parents = parents
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("clone")
            list.flag("-p", parents)
            list.options("-o", properties.map(\.argument))
            list.append(snapshot.text, dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { snapshot.dataset.pool }
    }
}
