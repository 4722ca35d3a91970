extension ZFS {
    /// `zfs project`: says which project files and directories belong to, as text for a person.
    ///
    /// Source: `zfs-project(8)`.
    public struct ListProjects: TextCommand {
        /// One line each: the project, `P` or `-` for the inherit flag, the path.
        public typealias Output = String

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// Files and directories, at least one.
        public var paths: [AbsolutePath]
        /// `-d`: a directory itself, not what it holds.
        public var directoryOnly: Bool
        /// `-r`: also all directories below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ paths: [AbsolutePath],
            directoryOnly: Bool = false,
            recursive: Bool = false
        ) {
            self.paths = paths
            self.directoryOnly = directoryOnly
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("project")
            list.flag("-d", directoryOnly)
            list.flag("-r", recursive && !directoryOnly)
            list.append(contentsOf: paths.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }
    }
}
