/// Keeps the beginning and the end of standard error, however much is printed: 32 KiB at most.
struct ErrorCapture {
    private static let headLimit = 8192
    private static let tailLimit = 24576

    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var dropped = 0

    /// Adds what was read.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let room = Self.headLimit - head.count
        head += bytes.prefix(room)
        tail += bytes.dropFirst(room)
        // Cutting at twice the limit moves each byte at most once more.
        if tail.count > 2 * Self.tailLimit { cut() }
    }

    /// What was kept.
    mutating func bytes() -> [UInt8] {
        if tail.count > Self.tailLimit { cut() }
        if dropped == 0 { return head + tail }
        return head + Array("\n[\(dropped) bytes left out]\n".utf8) + tail
    }

    private mutating func cut() {
        dropped += tail.count - Self.tailLimit
        tail.removeFirst(tail.count - Self.tailLimit)
    }
}
