extension ZPool {
    /// `zpool get`: properties of pools, one line a property.
    ///
    /// Source: `zpool-get(8)`.
    public struct Get: RowCommand {
        /// One field for each column.
        public typealias Row = [String]

        /// One element a line.
        public typealias Output = [[String]]

        /// The properties that are asked for.
        public enum Properties: Sendable, Hashable {
            /// All that there are.
            case all
            /// These; an empty list means all.
            case only([PropertyName])

            var argument: String {
                switch self {
                case .only(let names) where !names.isEmpty: names.map(\.text).joined(separator: ",")
                case .all, .only: "all"
                }
            }
        }

        /// What is printed about one property.
        public enum Column: String, Sendable, Hashable, CaseIterable {
            /// The pool or device.
            case name
            /// The property.
            case property
            /// Its exact value, `-` where there is none.
            case value
            /// `default`, `local` or `-`.
            case source
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pools; none means all.
        public var pools: [PoolName]
        /// The properties, `zpoolprops(7)`.
        public var properties: Properties
        /// `-o`: what is printed; an empty list means everything.
        public var columns: [Column]

        /// Makes the command.
        public init(_ pools: [PoolName] = [], properties: Properties = .all, columns: [Column] = Column.allCases) {
            self.pools = pools
            self.properties = properties
            self.columns = columns
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("get")
            list.append("-H", "-p", "-o", shownColumns.map(\.rawValue).joined(separator: ","), properties.argument)
            list.append(contentsOf: pools.map(\.text))
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { PoolName.only(pools) }

        private var shownColumns: [Column] { columns.isEmpty ? Column.allCases : columns }

        /// Splits a line at its tabs.
        /// - Throws: `OutputError` unless there is one field for each column.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> [String] {
            let count = shownColumns.count
            var fields = try Fields(line, count: count)
            return (0..<count).map { _ in fields.text() }
        }
    }
}
