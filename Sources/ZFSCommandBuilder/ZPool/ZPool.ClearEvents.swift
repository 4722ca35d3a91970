extension ZPool {
    /// `zpool events -c`: forgets all events that the kernel keeps.
    ///
    /// Source: `zpool-events(8)`.
    public struct ClearEvents: Command {
        /// `zpool`.
        public static let program = Program.zpool

        /// Makes the command.
        public init() {}

        /// The words after `zpool`.
        public var arguments: [String] {
            ["events", "-c"]
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }
    }
}
