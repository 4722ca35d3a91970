extension ZPool {
    /// `zpool add`: adds devices to a pool; most can not be taken out again.
    ///
    /// The `--allow` flags came with 2.3; 2.1 has only `force`, which stands for all of them.
    ///
    /// Its output: with `dryRun`, the layout that the pool would have; else empty.
    ///
    /// Source: `zpool-add(8)`.
    public struct Add: TextCommand {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// What is added.
        public var topology: PoolTopology
        /// `-f`: add devices that look used, or that break the replication level.
        public var force: Bool
        /// `--allow-in-use`: also devices that may belong to another pool; not in 2.1.
        public var allowInUse: Bool
        /// `--allow-replication-mismatch`: also another replication level; not in 2.1.
        public var allowReplicationMismatch: Bool
        /// `--allow-ashift-mismatch`: also another sector size; not in 2.1.
        public var allowAshiftMismatch: Bool
        /// `-o ashift=`: the sector size as a power of two, 9 to 16; 0 asks the device.
        public var ashift: UInt8?
        /// `-n`: change nothing.
        public var dryRun: Bool

        /// Makes the command.
        public init(
            _ name: PoolName,
            _ topology: PoolTopology,
            force: Bool = false,
            allowInUse: Bool = false,
            allowReplicationMismatch: Bool = false,
            allowAshiftMismatch: Bool = false,
            ashift: UInt8? = nil,
            dryRun: Bool = false
        ) {
            self.name = name
            self.topology = topology
            self.force = force
            self.allowInUse = allowInUse
            self.allowReplicationMismatch = allowReplicationMismatch
            self.allowAshiftMismatch = allowAshiftMismatch
            self.ashift = ashift
            self.dryRun = dryRun
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("add")
            list.flag("-f", force)
            list.flag("--allow-in-use", allowInUse)
            list.flag("--allow-replication-mismatch", allowReplicationMismatch)
            list.flag("--allow-ashift-mismatch", allowAshiftMismatch)
            list.flag("-n", dryRun)
            list.append("-P")
            list.option("-o", ashift.map { "ashift=\($0)" })
            list.append(name.text)
            list.append(contentsOf: topology.arguments)
            return list.words
        }

        /// Whether it only shows what it would do.
        public var isRead: Bool { dryRun }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
