extension ZPool {
    /// `zpool iostat`: space and traffic of a pool, one line a device.
    ///
    /// Source: `zpool-iostat(8)`.
    public struct IOStat: RowCommand {
        /// The numbers of the pool or of one device.
        public typealias Row = IOStatistics

        /// One element a line.
        public typealias Output = [IOStatistics]

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// `-v`: also every device; the pool comes first.
        public var perVdev: Bool
        /// How long to measure, 1 or more; nil gives the mean since the import, at once.
        public var seconds: UInt16?

        /// Makes the command.
        public init(_ name: PoolName, perVdev: Bool = false, seconds: UInt16? = nil) {
            self.name = name
            self.perVdev = perVdev
            self.seconds = seconds
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("iostat")
            list.append("-H", "-p")
            list.flag("-v", perVdev)
            list.flag("-P", perVdev)
            list.flag("-y", seconds != nil)
            list.append(name.text)
            if let seconds { list.append(String(seconds), "1") }
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }

        /// Reads the seven fields of a line.
        /// - Throws: `OutputError` when there are more or less, or one is no number.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> IOStatistics {
            try IOStatistics(line)
        }
    }
}
