extension ZFS {
    /// `zfs mount`: mounts file systems at their mount points.
    ///
    /// Source: `zfs-mount(8)`.
    public struct Mount: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// What to mount.
        public var target: Target
        /// `-o`: mount options for this time.
        public var options: [MountOption]
        /// `-O`: also over a directory that is not empty.
        public var overlay: Bool
        /// `-l`: load the keys first.
        public var loadKeys: Bool
        /// `-f`: also file systems that can not normally be mounted, such as redacted ones.
        public var force: Bool

        /// Makes the command.
        public init(
            _ target: Target,
            options: [MountOption] = [],
            overlay: Bool = false,
            loadKeys: Bool = false,
            force: Bool = false
        ) {
            self.target = target
            self.options = options
            self.overlay = overlay
            self.loadKeys = loadKeys
            self.force = force
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("mount")
            list.flag("-O", overlay)
            list.flag("-l", loadKeys)
            list.flag("-f", force)
            list.joined("-o", options.map(\.text))
            list.append(contentsOf: target.words)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }

        /// What to mount.
        public enum Target: Sendable, Hashable {
            /// `-a`: all file systems that are to be mounted.
            case all
            /// One file system.
            case dataset(DatasetName)
            /// `-R`: a file system and everything below. Not in 2.1.
            case tree(DatasetName)

            var words: [String] {
                switch self {
                case .all: ["-a"]
                case .dataset(let name): [name.text]
                case .tree(let name): ["-R", name.text]
                }
            }

            var pool: PoolName? {
                switch self {
                case .all: nil
                case .dataset(let name), .tree(let name): name.pool
                }
            }
        }
    }
}
