extension ZPool {
    /// `zpool upgrade -a`: enables all features of every pool.
    ///
    /// Source: `zpool-upgrade(8)`.
    public struct UpgradeAll: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// `-V`: a version from before feature flags, 1 to 28, instead of features.
        public var version: UInt8?

        /// Makes the command.
        public init(version: UInt8? = nil) {
            self.version = version
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("upgrade")
            list.option("-V", version.map { String($0) })
            list.append("-a")
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }
    }
}
