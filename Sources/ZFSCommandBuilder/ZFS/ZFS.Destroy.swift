extension ZFS {
    /// `zfs destroy`: destroys a file system or volume; snapshots and bookmarks have commands of their own.
    ///
    /// Source: `zfs-destroy(8)`.
    public struct Destroy: ReportingCommand {
        /// Every line of `-nvp`: what would be destroyed, and the space that it would free.
        public typealias Output = DestroyReport

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The file system or volume.
        public var dataset: DatasetName
        /// `-r`: also everything below, snapshots included.
        public var recursive: Bool
        /// `-R`: also clones of its snapshots, wherever they are.
        public var dependents: Bool
        /// `-f`: unmount by force.
        public var force: Bool
        /// `-n`: change nothing.
        public var dryRun: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            recursive: Bool = false,
            dependents: Bool = false,
            force: Bool = false,
            dryRun: Bool = false
        ) {
            self.dataset = dataset
            self.recursive = recursive
            self.dependents = dependents
            self.force = force
            self.dryRun = dryRun
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("destroy")
            list.flag("-R", dependents)
            list.flag("-r", recursive && !dependents)
            list.flag("-f", force)
            list.flag("-n", dryRun)
            list.append("-vp", dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
