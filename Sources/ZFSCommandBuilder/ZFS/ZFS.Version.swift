extension ZFS {
    /// `zfs version`: says the versions of the tools and the kernel module.
    ///
    /// Source: `zfs(8)`.
    public struct Version: ReportingCommand {
        /// The two versions.
        public typealias Output = VersionReport

        /// The program that takes the arguments.
        public static let program = Program.zfs

        /// Makes the command.
        public init() {}

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["version"]
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }

        /// Decodes the whole standard output of a run that ended with status 0.
        /// - Throws: `OutputError` when the output does not have the form that the options ask for.
        public func decode(_ output: [UInt8]) throws(OutputError) -> VersionReport {
            try VersionReport(output: output)
        }
    }
}
