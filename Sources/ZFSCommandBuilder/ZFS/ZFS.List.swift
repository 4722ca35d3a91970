extension ZFS {
    /// `zfs list`: says what datasets, snapshots and bookmarks there are, one line each.
    ///
    /// Source: `zfs-list(8)`.
    public struct List: RowCommand {
        /// The values in the order of `columns`: exact numbers, `-` for what does not apply.
        public typealias Row = [String]

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// Where to look; empty for all pools.
        public var scope: [DatasetReference]
        /// `-t`: what to list; empty for file systems and volumes, or for what `scope` names.
        public var types: [DatasetType]
        /// `-r`: also everything below; no effect together with `depth`.
        public var recursive: Bool
        /// `-d`: only so many levels below, 0 or more.
        public var depth: Int?
        /// `-o`: one property for each column, at least one.
        public var columns: [PropertyName]
        /// `-s`, `-S`: what to sort by, the most important first.
        public var sort: [SortKey]

        /// Makes the command.
        public init(
            _ scope: [DatasetReference] = [],
            types: [DatasetType] = [],
            recursive: Bool = false,
            depth: Int? = nil,
            columns: [PropertyName] = [.name],
            sort: [SortKey] = []
        ) {
            self.scope = scope
            self.types = types
            self.recursive = recursive
            self.depth = depth
            self.columns = columns
            self.sort = sort
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("list")
            list.append("-H", "-p")
            list.flag("-r", recursive && depth == nil)
            list.option("-d", depth.map { String(max(0, $0)) })
            list.joined("-t", types.map(\.rawValue))
            list.joined("-o", columns.map(\.text))
            for key in sort { list.append(key.descending ? "-S" : "-s", key.property.text) }
            list.append(contentsOf: scope.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { .only(scope.map(\.pool)) }

        /// Decodes one line, without its newline.
        /// - Throws: `OutputError` when the line does not have the fields that the options ask for.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> [String] {
            var fields = try Fields(line, count: columns.count)
            return columns.map { _ in fields.text() }
        }
    }
}
