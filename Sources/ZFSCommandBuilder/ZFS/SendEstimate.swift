/// What a stream would hold and its estimated size: the output of `zfs send -nvP`.
public struct SendEstimate: Sendable, Hashable {
    /// One snapshot in the stream.
    public struct Step: Sendable, Hashable {
        /// The short or full name of the snapshot that this one builds on; nil for a full stream.
        public let from: String?
        /// The full name of the snapshot.
        public let snapshot: String
        /// The estimated bytes; nil when OpenZFS has no estimate.
        public let bytes: UInt64?
    }

    /// The snapshots, in the order of the stream.
    public let steps: [Step]
    /// The estimated bytes of the whole stream.
    public let bytes: UInt64

    /// Reads the lines `full<tab>snapshot[<tab>bytes]`, `incremental<tab>from<tab>snapshot[<tab>bytes]` and
    /// `size<tab>bytes` (`send_print_verbose` in `libzfs_sendrecv.c`).
    ///
    /// Other lines are skipped: with `-t`, `zfs` prints the contents of the token first.
    init(output: [UInt8]) throws(OutputError) {
        var steps: [Step] = []
        var total: UInt64?
        for line in output.split(separator: 0x0A) {
            let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            switch (fields[0], fields.count) {
            case ("full", 2...3):
                let bytes = try Self.bytes(fields.dropFirst(2).first, line)
                steps.append(Step(from: nil, snapshot: fields[1], bytes: bytes))
            case ("incremental", 3...4):
                let bytes = try Self.bytes(fields.dropFirst(3).first, line)
                steps.append(Step(from: fields[1], snapshot: fields[2], bytes: bytes))
            case ("size", 2):
                total = try Self.bytes(fields[1], line)
            case ("full", _), ("incremental", _), ("size", _):
                throw OutputError(expected: "a line of an estimate", line: line)
            default:
                continue
            }
        }
        guard let total else { throw OutputError(expected: "a line that starts with \"size\"", line: output) }
        self.steps = steps
        bytes = total
    }

    private static func bytes(_ text: String?, _ line: ArraySlice<UInt8>) throws(OutputError) -> UInt64? {
        guard let text else { return nil }
        guard let bytes = UInt64(text) else { throw OutputError(expected: "a number of bytes", line: line) }
        return bytes
    }
}

extension ReportingCommand where Output == SendEstimate {
    /// Decodes the lines of `-nvP`.
    /// - Throws: `OutputError` when no line has the size.
    public func decode(_ output: [UInt8]) throws(OutputError) -> SendEstimate {
        try SendEstimate(output: output)
    }
}
