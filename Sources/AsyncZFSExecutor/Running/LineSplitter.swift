internal import ZFSCommandBuilder

/// Cuts a stream of bytes into lines.
struct LineSplitter {
    /// Longer than any row: a name, a value of 8191 bytes, and some numbers.
    private static let longestLine = 1 << 20

    private var buffer: [UInt8] = []
    private var start = 0

    /// Adds bytes to the end.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer += bytes
    }

    /// Takes the next whole line, without its newline.
    /// - Throws: `OutputError` when a line is longer than 1 MiB.
    mutating func next() throws(OutputError) -> ArraySlice<UInt8>? {
        guard let end = buffer[start...].firstIndex(of: 0x0A) else {
            if buffer.count - start > Self.longestLine {
                throw OutputError(expected: "lines of at most 1 MiB", line: buffer[start...])
            }
            return nil
        }
        defer { start = end + 1 }
        return buffer[start..<end]
    }

    /// What follows the last newline, nil when nothing does.
    var rest: ArraySlice<UInt8>? {
        start < buffer.count ? buffer[start...] : nil
    }
}
