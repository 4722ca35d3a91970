extension ZPool {
    /// `zpool wait`: returns when background work of a pool has ended, been paused or been cancelled.
    ///
    /// Source: `zpool-wait(8)`.
    public struct Wait: Command {
        /// Background work.
        public enum Activity: String, Sendable, Hashable, CaseIterable {
            /// A checkpoint being given up.
            case discard
            /// Space being freed after a destroy.
            case free
            /// `zpool initialize`.
            case initialize
            /// A device being replaced.
            case replace
            /// A device being removed.
            case remove
            /// A resilver.
            case resilver
            /// A scrub.
            case scrub
            /// A manual trim.
            case trim
            /// A raidz group being widened; not in 2.1.
            case raidzExpansion = "raidz_expand"
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// What is waited for; none means everything.
        public var activities: [Activity]

        /// Makes the command.
        public init(_ name: PoolName, activities: [Activity] = []) {
            self.name = name
            self.activities = activities
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("wait")
            if !activities.isEmpty { list.append("-t", activities.map(\.rawValue).joined(separator: ",")) }
            list.append(name.text)
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
