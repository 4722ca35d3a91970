extension ZPool {
    /// `zpool upgrade -v`: the features and versions that this release knows, as text.
    ///
    /// Its output: the text; it has no machine form.
    ///
    /// Source: `zpool-upgrade(8)`.
    public struct ListVersions: TextCommand {
        /// `zpool`.
        public static let program = Program.zpool

        /// Makes the command.
        public init() {}

        /// The words after `zpool`.
        public var arguments: [String] {
            ["upgrade", "-v"]
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }
    }
}
