extension ZPool {
    /// `zpool sync`: writes all data in memory to the disks of pools.
    ///
    /// Source: `zpool-sync(8)`.
    public struct Sync: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; none means all.
        public var pools: [PoolName]

        /// Makes the command.
        public init(_ pools: [PoolName] = []) {
            self.pools = pools
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("sync")
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }
    }
}
