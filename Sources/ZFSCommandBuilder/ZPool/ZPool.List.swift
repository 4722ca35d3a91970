extension ZPool {
    /// `zpool list`: properties of pools, one line a pool.
    ///
    /// Source: `zpool-list(8)`.
    public struct List: RowCommand {
        /// The exact values of one pool, in the order of the columns; `-` where there is none.
        public typealias Row = [String]

        /// One element a line.
        public typealias Output = [[String]]

        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; none means all.
        public var pools: [PoolName]
        /// `-o`: the properties, `zpoolprops(7)`; an empty list means the name.
        public var columns: [PropertyName]

        /// Makes the command.
        public init(_ pools: [PoolName] = [], columns: [PropertyName]) {
            self.pools = pools
            self.columns = columns
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("list")
            list.append("-H", "-p", "-o", shownColumns.map(\.text).joined(separator: ","))
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }

        private var shownColumns: [PropertyName] { columns.isEmpty ? [.name] : columns }

        /// Splits a line at its tabs.
        /// - Throws: `OutputError` unless there is one field for each column.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> [String] {
            let count = shownColumns.count
            var fields = try Fields(line, count: count)
            return (0..<count).map { _ in fields.text() }
        }
    }
}
