extension ZPool {
    /// `zpool prefetch`: reads tables of a pool into memory ahead of use.
    ///
    /// Not in 2.1.
    ///
    /// Source: `zpool-prefetch(8)`.
    public struct Prefetch: Command {
        /// What is read.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// The dedup table.
            case dedupTable = "ddt"
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// What is read.
        public var kind: Kind

        /// Makes the command.
        public init(_ name: PoolName, kind: Kind = .dedupTable) {
            self.name = name
            self.kind = kind
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["prefetch", "-t", kind.rawValue, name.text]
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
