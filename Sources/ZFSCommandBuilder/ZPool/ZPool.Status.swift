extension ZPool {
    /// `zpool status`: state, scan, devices and damaged files of one pool.
    ///
    /// 2.1 has no JSON form, so that the text form is read, which is the same in 2.1 and 2.3. `-p` gives exact counts and `-P`
    /// whole paths.
    ///
    /// Source: `zpool-status(8)`.
    public struct Status: ReportingCommand {
        /// What the text says, and the text.
        public typealias Output = PoolStatus

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName

        /// Makes the command.
        public init(_ name: PoolName) {
            self.name = name
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["status", "-v", "-p", "-P", name.text]
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }

        /// Reads the text.
        /// - Throws: `OutputError` for a line that has no place in it.
        public func decode(_ output: [UInt8]) throws(OutputError) -> PoolStatus {
            try PoolStatus(output)
        }
    }
}
