extension ZFS {
    /// `zfs project -c`: finds files and directories that do not have the expected project.
    ///
    /// Source: `zfs-project(8)`.
    public struct CheckProject: ReportingCommand {
        /// The paths that differ, which `-0` ends with a NUL each; invalid UTF-8 is replaced.
        public typealias Output = [String]

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// Files and directories, at least one.
        public var paths: [AbsolutePath]
        /// `-p`: the expected project; nil for the one of the directory itself.
        public var project: UInt32?
        /// `-d`: a directory itself, not what it holds.
        public var directoryOnly: Bool
        /// `-r`: also all directories below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ paths: [AbsolutePath],
            project: UInt32? = nil,
            directoryOnly: Bool = false,
            recursive: Bool = false
        ) {
            self.paths = paths
            self.project = project
            self.directoryOnly = directoryOnly
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("project")
            list.append("-c", "-0")
            list.flag("-d", directoryOnly)
            list.flag("-r", recursive && !directoryOnly)
            list.option("-p", project.map { String($0) })
            list.append(contentsOf: paths.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }

        /// Decodes the whole standard output of a run that ended with status 0.
        /// - Throws: `OutputError` when the output does not have the form that the options ask for.
        public func decode(_ output: [UInt8]) throws(OutputError) -> [String] {
            output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
