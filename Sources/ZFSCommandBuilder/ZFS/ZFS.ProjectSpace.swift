extension ZFS {
    /// `zfs projectspace`: says how much space each project takes, and the quotas.
    ///
    /// Source: `zfs-userspace(8)`.
    public struct ProjectSpace: RowCommand {
        /// What one project takes.
        public typealias Row = SpaceUsage

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// A file system or a snapshot of one.
        public var target: DatasetReference

        /// Makes the command.
        public init(
            _ target: DatasetReference
        ) {
            self.target = target
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["projectspace", "-H", "-p", "-o", SpaceUsage.columns, target.text]
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }

        /// Decodes one line, without its newline.
        /// - Throws: `OutputError` when the line does not have the fields that the options ask for.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> SpaceUsage {
            try SpaceUsage(line)
        }
    }
}
