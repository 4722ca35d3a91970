extension ZPool {
    /// `zpool get`: properties of the devices of a pool, one line a property.
    ///
    /// Not in 2.1.
    ///
    /// Source: `zpool-get(8)`.
    public struct GetVdev: RowCommand {
        /// One field for each column.
        public typealias Row = [String]

        /// One element a line.
        public typealias Output = [[String]]

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The devices; none means all.
        public var devices: [VdevName]
        /// The properties, `vdevprops(7)`.
        public var properties: Get.Properties
        /// `-o`: what is printed; an empty list means everything.
        public var columns: [Get.Column]

        /// Makes the command.
        public init(
            _ name: PoolName,
            devices: [VdevName] = [],
            properties: Get.Properties = .all,
            columns: [Get.Column] = Get.Column.allCases
        ) {
            self.name = name
            self.devices = devices
            self.properties = properties
            self.columns = columns
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("get")
            list.append("-H", "-p", "-o", shownColumns.map(\.rawValue).joined(separator: ","))
            list.append(properties.argument, name.text)
            list.append(contentsOf: devices.isEmpty ? ["all-vdevs"] : devices.map(\.text))
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }

        private var shownColumns: [Get.Column] { columns.isEmpty ? Get.Column.allCases : columns }

        /// Splits a line at its tabs.
        /// - Throws: `OutputError` unless there is one field for each column.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> [String] {
            let count = shownColumns.count
            var fields = try Fields(line, count: count)
            return (0..<count).map { _ in fields.text() }
        }
    }
}
