extension ZPool {
    /// `zpool resilver`: starts a resilver from the beginning, with the devices that wait for one.
    ///
    /// Source: `zpool-resilver(8)`.
    public struct Resilver: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; at least one.
        public var pools: [PoolName]

        /// Makes the command.
        public init(_ pools: [PoolName]) {
            self.pools = pools
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("resilver")
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }
    }
}
