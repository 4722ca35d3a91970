extension ZPool {
    /// `zpool remove -n`: the memory that the map of a removed device would take.
    ///
    /// Source: `zpool-remove(8)`.
    public struct EstimateRemoval: ReportingCommand {
        /// Bytes of memory; zero for log, cache and spare devices.
        public typealias Output = UInt64

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The device.
        public var device: VdevName

        /// Makes the command.
        public init(_ name: PoolName, device: VdevName) {
            self.name = name
            self.device = device
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["remove", "-n", "-p", name.text, device.text]
        }

        /// True: it only reads.
        public var isRead: Bool { true }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }

        /// Reads the number at the end of the line; the device before it may have spaces.
        /// - Throws: `OutputError` when the output is not just one line that ends with a number.
        public func decode(_ output: [UInt8]) throws(OutputError) -> UInt64 {
            let lines = output.split(separator: 0x0A)
            guard lines.count == 1, let last = lines[0].split(separator: 0x20).last,
                let bytes = UInt64(String(decoding: last, as: UTF8.self))
            else { throw OutputError(expected: "a device and a number of bytes", line: output) }
            return bytes
        }
    }
}
