extension ZPool {
    /// `zpool remove -s`: ends a removal that runs and puts the data back.
    ///
    /// Source: `zpool-remove(8)`.
    public struct CancelRemoval: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName

        /// Makes the command.
        public init(_ name: PoolName) {
            self.name = name
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["remove", "-s", name.text]
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
