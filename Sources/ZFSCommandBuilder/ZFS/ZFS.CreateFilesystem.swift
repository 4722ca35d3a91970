extension ZFS {
    /// `zfs create`: makes a file system and, unless told otherwise, mounts it.
    ///
    /// Source: `zfs-create(8)`.
    public struct CreateFilesystem: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The file system to make.
        public var dataset: DatasetName
        /// `-o`: properties to set at the same time.
        public var properties: [PropertyAssignment]
        /// `-p`: also make what is missing above, and do nothing when it exists.
        public var parents: Bool
        /// `-u`: do not mount it; without root's rights a mount fails although the file system was made.
        public var unmounted: Bool
        /// `-n`: change nothing.
        public var dryRun: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            properties: [PropertyAssignment] = [],
            parents: Bool = false,
            unmounted: Bool = false,
            dryRun: Bool = false
        ) {
            self.dataset = dataset
            self.properties = properties
            self.parents = parents
            self.unmounted = unmounted
            self.dryRun = dryRun
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("create")
            list.flag("-p", parents)
            list.flag("-u", unmounted)
            list.flag("-n", dryRun)
            list.options("-o", properties.map(\.argument))
            list.append(dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
