/// What has arrived of a request, before the parser has all of its head.
///
/// The parser alone decides what a request is, and it needs a channel. A call whose body comes slowly is not worth one yet:
/// nothing can be answered before its end, unless it grows.
enum BegunRequest {
    /// A part that has to arrive before there is anything to do.
    enum Part { case head, body }

    /// A body of which this much is there is for the parser, which knows whether it may be that long.
    static let bodyBytes = 8 << 10
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Which part of the request is not whole; nil when the parser should have it.
    ///
    /// - Parameters:
    ///   - longestBody: In bytes. One that is announced to be longer is refused without it.
    ///   - longestHead: In bytes. A longer one is refused without the body.
    static func missingPart<Bytes: RandomAccessCollection<UInt8>>(
        of bytes: Bytes, longestBody: Int, longestHead: Int
    ) -> Part? where Bytes.Index == Int {
        var lines = Lines(bytes: bytes)
        // Empty lines before a request are nothing (RFC 9112, section 2.2).
        var requestLine: Bytes.SubSequence
        repeat {
            guard let line = lines.next() else { return .head }
            requestLine = line
        } while requestLine.isEmpty
        let isCall = isCall(requestLine)
        var length: Int?
        var isChunked = false
        var isPlain = true
        while let line = lines.next() {
            if line.isEmpty {
                let body = bytes[lines.position...]
                guard isCall, isPlain, body.count < bodyBytes, bytes.count - body.count <= longestHead else {
                    return nil
                }
                if isChunked { return hasEmptyLine(body) ? nil : .body }
                let length = length ?? 0
                return body.count < length && length <= longestBody ? .body : nil
            }
            guard isCall, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            switch colon - line.startIndex {
            case 14 where isEqual(line[..<colon], "content-length"): length = number(line[colon...].dropFirst())
            case 17 where isEqual(line[..<colon], "transfer-encoding"): isChunked = true
            // The client waits for a word from us.
            case 6 where isEqual(line[..<colon], "expect"): isPlain = false
            default: break
            }
        }
        return .head
    }

    /// The lines of a head, however they end: the parser says what is wrong with them.
    private struct Lines<Bytes: RandomAccessCollection<UInt8>> where Bytes.Index == Int {
        let bytes: Bytes
        /// Behind the last line.
        var position: Int

        init(bytes: Bytes) {
            self.bytes = bytes
            position = bytes.startIndex
        }

        mutating func next() -> Bytes.SubSequence? {
            guard let end = bytes[position...].firstIndex(of: lineFeed) else { return nil }
            let line = bytes[position..<end]
            position = end + 1
            return line.last == carriageReturn ? line.dropLast() : line
        }
    }

    /// Whether a request line is that of a call.
    private static func isCall(_ line: some RandomAccessCollection<UInt8>) -> Bool {
        guard line.starts(with: "POST /".utf8), let end = line.lastIndex(of: UInt8(ascii: " ")) else { return false }
        let start = line.index(line.startIndex, offsetBy: 5)
        guard start < end else { return false }
        let route = Route(target: String(decoding: line[start..<end], as: UTF8.self))
        return route == .root || route == .rpc
    }

    /// Whether there may be the end of a chunked body, which is an empty line (RFC 9112, section 7.1).
    private static func hasEmptyLine(_ body: some RandomAccessCollection<UInt8>) -> Bool {
        var rest = body[...]
        while let found = rest.firstIndex(of: carriageReturn) {
            rest = rest[found...]
            if rest.starts(with: "\r\n\r\n".utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    private static func number(_ text: some RandomAccessCollection<UInt8>) -> Int? {
        var value = 0
        for byte in text where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), value <= 1 << 50 else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func isEqual(_ text: some RandomAccessCollection<UInt8>, _ lowercase: StaticString) -> Bool {
        unsafe text.elementsEqual(
            UnsafeBufferPointer(start: lowercase.utf8Start, count: lowercase.utf8CodeUnitCount)
        ) { $0 | 0x20 == $1 }
    }
}
