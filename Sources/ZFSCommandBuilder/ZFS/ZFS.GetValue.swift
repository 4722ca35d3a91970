extension ZFS {
    /// `zfs get`: reads one property of one dataset.
    ///
    /// The value may hold tabs and newlines, because nothing else is printed.
    ///
    /// Source: `zfs-set(8)`.
    public struct GetValue: ReportingCommand {
        /// The value: an exact number, or `-` when the property does not apply or is not set.
        public typealias Output = String

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The dataset, snapshot or bookmark.
        public var target: DatasetReference
        /// The property.
        public var property: PropertyName

        /// Makes the command.
        public init(
            _ target: DatasetReference,
            _ property: PropertyName
        ) {
            self.target = target
            self.property = property
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["get", "-H", "-p", "-o", "value", property.text, target.text]
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }

        /// Decodes the whole standard output of a run that ended with status 0.
        /// - Throws: `OutputError` when the output does not have the form that the options ask for.
        public func decode(_ output: [UInt8]) throws(OutputError) -> String {
            guard output.last == 0x0A else { throw OutputError(expected: "a value and a newline", line: output) }
            return String(decoding: output.dropLast(), as: UTF8.self)
        }
    }
}
