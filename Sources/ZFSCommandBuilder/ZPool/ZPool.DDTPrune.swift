extension ZPool {
    /// `zpool ddtprune`: drops the oldest entries of the dedup table that only one block uses.
    ///
    /// Not in 2.1.
    ///
    /// Source: `zpool-ddtprune(8)`.
    public struct DDTPrune: Command {
        /// How much is dropped.
        public enum Amount: Sendable, Hashable {
            /// `-d`: entries older than this many days.
            case olderThan(days: UInt32)
            /// `-p`: this part of the entries, 1 to 100.
            case percentage(UInt8)
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// How much is dropped.
        public var amount: Amount

        /// Makes the command.
        public init(_ name: PoolName, _ amount: Amount) {
            self.name = name
            self.amount = amount
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("ddtprune")
            switch amount {
            case .olderThan(let days): list.append("-d", String(days))
            case .percentage(let percentage): list.append("-p", String(percentage))
            }
            list.append(name.text)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
