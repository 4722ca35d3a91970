extension ZPool {
    /// `zpool reopen`: opens all devices anew, to notice what went or came back.
    ///
    /// Source: `zpool-reopen(8)`.
    public struct Reopen: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; none means all.
        public var pools: [PoolName]
        /// `-n`: do not start a running scrub again; a device may then stay partly resilvered.
        public var keepScrub: Bool

        /// Makes the command.
        public init(_ pools: [PoolName] = [], keepScrub: Bool = false) {
            self.pools = pools
            self.keepScrub = keepScrub
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("reopen")
            list.flag("-n", keepScrub)
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }
    }
}
