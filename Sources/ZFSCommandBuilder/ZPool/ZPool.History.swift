extension ZPool {
    /// `zpool history`: the commands that changed a pool, oldest first.
    ///
    /// The first line for each pool is `History for 'tank':`. Empty lines are left out. A logged command shows its operands as
    /// they were typed, so that text in a line proves nothing.
    ///
    /// Source: `zpool-history(8)`.
    public struct History: RowCommand {
        /// A line as it is, with invalid UTF-8 replaced.
        public typealias Row = String

        /// One element a line.
        public typealias Output = [String]

        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; none means all.
        public var pools: [PoolName]
        /// `-i`: also what the kernel logged by itself.
        public var `internal`: Bool
        /// `-l`: also the user, the host and the zone.
        public var long: Bool

        /// Makes the command.
        public init(_ pools: [PoolName] = [], `internal`: Bool = false, long: Bool = false) {
            self.pools = pools
            self.`internal` = `internal`
            self.long = long
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("history")
            list.flag("-i", `internal`)
            list.flag("-l", long)
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }

        /// Takes the line as it is; it never throws.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> String {
            String(decoding: line, as: UTF8.self)
        }
    }
}
