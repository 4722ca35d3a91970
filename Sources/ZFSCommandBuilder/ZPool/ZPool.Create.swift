extension ZPool {
    /// `zpool create`: makes a pool; what the devices held is lost.
    ///
    /// The name comes best from `PoolName.new`, which also refuses what only `zpool create` refuses.
    ///
    /// Its output: with `dryRun`, the layout that the pool would have; else empty.
    ///
    /// Source: `zpool-create(8)`.
    public struct Create: TextCommand {
        /// Where the root dataset is mounted.
        public enum Mountpoint: Sendable, Hashable {
            /// At a path.
            case path(AbsolutePath)
            /// Nowhere: `none`.
            case nowhere
            /// By `mount(8)` and `fstab(5)` alone: `legacy`.
            case legacy

            var argument: String {
                switch self {
                case .path(let path): path.text
                case .nowhere: "none"
                case .legacy: "legacy"
                }
            }
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The new pool.
        public var name: PoolName
        /// Its devices.
        public var topology: PoolTopology
        /// `-o`: properties of the pool, `feature@...` and `compatibility` among them.
        public var properties: [PropertyAssignment]
        /// `-O`: properties of the root dataset.
        public var rootProperties: [PropertyAssignment]
        /// `-m`: where the root dataset is mounted; nil is `/` and the name.
        public var mountpoint: Mountpoint?
        /// `-R`: a folder before all mount points, until export.
        public var altroot: AbsolutePath?
        /// `-t`: the name in use until export; the disks keep the other.
        public var temporaryName: PoolName?
        /// `-d`: enable no feature but those in `properties`.
        public var withoutFeatures: Bool
        /// `-f`: take devices that look used, or groups of unequal replication.
        public var force: Bool
        /// `-n`: change nothing.
        public var dryRun: Bool

        /// Makes the command.
        public init(
            _ name: PoolName,
            _ topology: PoolTopology,
            properties: [PropertyAssignment] = [],
            rootProperties: [PropertyAssignment] = [],
            mountpoint: Mountpoint? = nil,
            altroot: AbsolutePath? = nil,
            temporaryName: PoolName? = nil,
            withoutFeatures: Bool = false,
            force: Bool = false,
            dryRun: Bool = false
        ) {
            self.name = name
            self.topology = topology
            self.properties = properties
            self.rootProperties = rootProperties
            self.mountpoint = mountpoint
            self.altroot = altroot
            self.temporaryName = temporaryName
            self.withoutFeatures = withoutFeatures
            self.force = force
            self.dryRun = dryRun
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("create")
            list.flag("-d", withoutFeatures)
            list.flag("-f", force)
            list.flag("-n", dryRun)
            list.option("-m", mountpoint?.argument)
            for property in properties { list.append("-o", property.argument) }
            for property in rootProperties { list.append("-O", property.argument) }
            list.option("-R", altroot?.text)
            list.option("-t", temporaryName?.text)
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
