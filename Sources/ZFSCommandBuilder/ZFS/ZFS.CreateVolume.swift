extension ZFS {
    /// `zfs create -V`: makes a volume, a block device of a fixed size.
    ///
    /// Source: `zfs-create(8)`.
    public struct CreateVolume: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The volume to make.
        public var dataset: DatasetName
        /// `-V`: its size, rounded up to whole blocks.
        public var size: Size
        /// `-b`: its block size, as the property `volblocksize`.
        public var blockSize: Size?
        /// `-o`: properties to set at the same time.
        public var properties: [PropertyAssignment]
        /// `-s`: reserve no space.
        public var sparse: Bool
        /// `-p`: also make what is missing above, and do nothing when it exists.
        public var parents: Bool
        /// `-n`: change nothing.
        public var dryRun: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            size: Size,
            blockSize: Size? = nil,
            properties: [PropertyAssignment] = [],
            sparse: Bool = false,
            parents: Bool = false,
            dryRun: Bool = false
        ) {
            self.dataset = dataset
            self.size = size
            self.blockSize = blockSize
            self.properties = properties
            self.sparse = sparse
            self.parents = parents
            self.dryRun = dryRun
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("create")
            list.flag("-p", parents)
            list.flag("-s", sparse)
            list.flag("-n", dryRun)
            list.option("-b", blockSize?.text)
            list.options("-o", properties.map(\.argument))
            list.append("-V", size.text, dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
