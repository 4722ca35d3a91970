extension ZPool {
    /// `zpool events`: what the kernel reported lately, oldest first.
    ///
    /// Source: `zpool-events(8)`.
    public struct Events: ReportingCommand {
        /// The events.
        public typealias Output = [PoolEvent]

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool; nil means all.
        public var name: PoolName?
        /// `-v`: also what each event tells.
        public var verbose: Bool

        /// Makes the command.
        public init(_ name: PoolName? = nil, verbose: Bool = false) {
            self.name = name
            self.verbose = verbose
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("events")
            list.append("-H")
            list.flag("-v", verbose)
            if let name { list.append(name.text) }
            return list.words
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }

        /// Reads the lines.
        /// - Throws: `OutputError` for a line that is no event where one must be.
        public func decode(_ output: [UInt8]) throws(OutputError) -> [PoolEvent] {
            try PoolEvent.list(output)
        }
    }
}
