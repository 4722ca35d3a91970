extension ZPool {
    /// `zpool export`: unmounts everything and lets go of the devices.
    ///
    /// Source: `zpool-export(8)`.
    public struct Export: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; at least one.
        public var pools: [PoolName]
        /// `-f`: unmount by force, and also with a shared spare in use.
        public var force: Bool

        /// Makes the command.
        public init(_ pools: [PoolName], force: Bool = false) {
            self.pools = pools
            self.force = force
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("export")
            list.flag("-f", force)
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }
    }
}
