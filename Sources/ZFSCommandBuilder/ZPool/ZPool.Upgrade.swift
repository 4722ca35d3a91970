extension ZPool {
    /// `zpool upgrade`: enables all features, so that older releases can no longer import the pools.
    ///
    /// Source: `zpool-upgrade(8)`.
    public struct Upgrade: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; at least one.
        public var pools: [PoolName]
        /// `-V`: a version from before feature flags, 1 to 28, instead of features.
        public var version: UInt8?

        /// Makes the command.
        public init(_ pools: [PoolName], version: UInt8? = nil) {
            self.pools = pools
            self.version = version
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("upgrade")
            list.option("-V", version.map { String($0) })
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }
    }
}
