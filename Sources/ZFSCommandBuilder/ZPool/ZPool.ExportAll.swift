extension ZPool {
    /// `zpool export -a`: exports every pool.
    ///
    /// Source: `zpool-export(8)`.
    public struct ExportAll: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// `-f`: unmount by force, and also with a shared spare in use.
        public var force: Bool

        /// Makes the command.
        public init(force: Bool = false) {
            self.force = force
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("export")
            list.append("-a")
            list.flag("-f", force)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }
    }
}
