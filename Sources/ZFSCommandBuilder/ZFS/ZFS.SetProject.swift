extension ZFS {
    /// `zfs project -p`: puts files and directories into a project.
    ///
    /// One of `project` and `inherit` is needed; without both, `zfs project` lists.
    ///
    /// Source: `zfs-project(8)`.
    public struct SetProject: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// Files and directories, at least one.
        public var paths: [AbsolutePath]
        /// `-p`: the project; nil to keep it, or with `inherit` to take that of the directory.
        public var project: UInt32?
        /// `-s`: new files below get the project too.
        public var inherit: Bool
        /// `-r`: also all directories below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ paths: [AbsolutePath],
            project: UInt32? = nil,
            inherit: Bool = false,
            recursive: Bool = false
        ) {
            self.paths = paths
            self.project = project
            self.inherit = inherit
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("project")
            list.option("-p", project.map { String($0) })
            list.flag("-r", recursive)
            list.flag("-s", inherit)
            list.append(contentsOf: paths.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }
    }
}
