extension ZPool {
    /// `zpool get`: the value of one property of one pool.
    ///
    /// Source: `zpool-get(8)`.
    public struct GetValue: ReportingCommand {
        /// The exact value, `-` where there is none.
        public typealias Output = String

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The property, `zpoolprops(7)`.
        public var property: PropertyName

        /// Makes the command.
        public init(_ name: PoolName, _ property: PropertyName) {
            self.name = name
            self.property = property
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["get", "-H", "-p", "-o", "value", property.text, name.text]
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }

        /// The whole output without its last newline, so that any value comes out as it is.
        /// - Throws: `OutputError` when the newline is missing.
        public func decode(_ output: [UInt8]) throws(OutputError) -> String {
            guard output.last == 0x0A else { throw OutputError(expected: "a value and a newline", line: output) }
            return String(decoding: output.dropLast(), as: UTF8.self)
        }
    }
}
