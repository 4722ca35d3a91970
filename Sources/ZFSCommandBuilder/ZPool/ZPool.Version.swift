extension ZPool {
    /// `zpool version`: says the versions of the tools and the kernel module.
    ///
    /// Source: `zpool(8)`.
    public struct Version: ReportingCommand {
        /// The two versions.
        public typealias Output = VersionReport

        /// `zpool`.
        public static let program = Program.zpool

        /// Makes the command.
        public init() {}

        /// The words after `zpool`.
        public var arguments: [String] {
            ["version"]
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }

        /// Reads the two lines.
        /// - Throws: `OutputError` when the version of the tools is missing.
        public func decode(_ output: [UInt8]) throws(OutputError) -> VersionReport {
            try VersionReport(output: output)
        }
    }
}
