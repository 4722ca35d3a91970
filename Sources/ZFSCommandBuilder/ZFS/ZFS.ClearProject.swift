extension ZFS {
    /// `zfs project -C`: takes files and directories out of their project.
    ///
    /// Source: `zfs-project(8)`.
    public struct ClearProject: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// Files and directories, at least one.
        public var paths: [AbsolutePath]
        /// `-k`: clear the inherit flag only.
        public var keepID: Bool
        /// `-r`: also all directories below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ paths: [AbsolutePath],
            keepID: Bool = false,
            recursive: Bool = false
        ) {
            self.paths = paths
            self.keepID = keepID
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("project")
            list.append("-C")
            list.flag("-k", keepID)
            list.flag("-r", recursive)
            list.append(contentsOf: paths.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }
    }
}
