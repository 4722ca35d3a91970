/// Keeps the beginning and the end of standard error, however much is printed: 32 KiB at most.
struct ErrorCapture {
    private static let headLimit = 8192
    private static let tailLimit = 24576

    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var dropped = 0

    /// Whether nothing was read.
    var isEmpty: Bool { head.isEmpty }

    /// Adds what was read.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let room = Self.headLimit - head.count
        head += bytes.prefix(room)
        tail += bytes.dropFirst(room)
        // Cutting at twice the limit moves each byte at most once more.
        if tail.count > 2 * Self.tailLimit { cut() }
    }

    /// What was kept, in whole lines where some are missing.
    mutating func bytes() -> [UInt8] {
        if tail.count > Self.tailLimit { cut() }
        if dropped == 0 { return head + tail }
        let newline = UInt8(ascii: "\n")
        let first = head.prefix(through: head.lastIndex(of: newline) ?? head.endIndex - 1)
        let last = tail.firstIndex(of: newline).map { tail[($0 + 1)...] } ?? tail[...]
        let missing = dropped + head.count - first.count + tail.count - last.count
        return first + Array("[\(missing) bytes left out]\n".utf8) + last
    }

    private mutating func cut() {
        dropped += tail.count - Self.tailLimit
        tail.removeFirst(tail.count - Self.tailLimit)
    }
}
