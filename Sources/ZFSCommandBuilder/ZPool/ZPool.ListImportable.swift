extension ZPool {
    /// `zpool import`: the pools that could be imported.
    ///
    /// Source: `zpool-import(8)`.
    public struct ListImportable: ReportingCommand {
        /// The pools; empty when none is found.
        public typealias Output = [ImportablePool]

        /// `zpool`.
        public static let program = Program.zpool
        /// Where to look.
        public var source: ImportOptions.Source
        /// `-D`: destroyed pools, and only those.
        public var destroyed: Bool
        /// `-s`: read the devices, not the cache of libblkid.
        public var scan: Bool

        /// Makes the command.
        public init(source: ImportOptions.Source = .devices, destroyed: Bool = false, scan: Bool = false) {
            self.source = source
            self.destroyed = destroyed
            self.scan = scan
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("import")
            list.flag("-D", destroyed)
            list.flag("-s", scan)
            list.append(contentsOf: source.arguments)
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }

        /// Reads the text.
        /// - Throws: `OutputError` for a line that has no place in it.
        public func decode(_ output: [UInt8]) throws(OutputError) -> [ImportablePool] {
            try ImportablePool.list(output)
        }
    }
}
