/// What is content and what is not in the body of an HTTP/1.1 message: by its length, or in chunks.
///
/// Pure: it is told what came. Source: RFC 9112, sections 6.2 and 7.1. Line ends are CRLF and nothing else.
struct BodyFraming {
    /// The most bytes of the extensions of one chunk, and of the fields behind the last one, which are all dropped.
    private static let ignoredBytes = 8192

    /// What comes next.
    enum Next: Equatable {
        /// So many bytes of content, at least one.
        case content(Int)
        /// Bytes between chunks.
        case marks
        /// Nothing: the body is whole.
        case end
    }

    private enum Place {
        case content
        case contentCR, contentLF
        case firstDigit, size, extensions, sizeLF
        /// At the start of a line behind the last chunk, within it, and at its end.
        case line, field, fieldLF
        case lastLF
        case end
    }

    private var place: Place
    /// The content that is left, of the chunk or of the body.
    private var left: UInt64
    private let isChunked: Bool
    private var ignored = 0

    /// - Parameter length: How many bytes the body has; nil for chunks.
    init(length: UInt64?) {
        isChunked = length == nil
        left = length ?? 0
        place = isChunked ? .firstDigit : left == 0 ? .end : .content
    }

    var next: Next {
        switch place {
        case .content: .content(Int(clamping: left))
        case .end: .end
        default: .marks
        }
    }

    /// Notes that bytes of content were taken, not more than ``next`` says.
    mutating func takeContent(_ count: Int) {
        left -= UInt64(count)
        if left == 0 { place = isChunked ? .contentCR : .end }
    }

    /// Takes the bytes that are no content.
    /// - Returns: How many they were.
    /// - Throws: `StreamError.sourceInvalid`.
    mutating func takeMarks(_ bytes: ArraySlice<UInt8>) throws(StreamError) -> Int {
        var count = 0
        for byte in bytes {
            guard next == .marks else { break }
            try take(byte)
            count += 1
        }
        return count
    }

    private mutating func take(_ byte: UInt8) throws(StreamError) {
        let carriageReturn: UInt8 = 0x0D
        let lineFeed: UInt8 = 0x0A
        switch (place, byte) {
        case (.contentCR, carriageReturn): place = .contentLF
        case (.contentLF, lineFeed): place = .firstDigit
        case (.firstDigit, _), (.size, UInt8(ascii: "0")...UInt8(ascii: "9")),
            (.size, UInt8(ascii: "a")...UInt8(ascii: "f")),
            (.size, UInt8(ascii: "A")...UInt8(ascii: "F")):
            try takeDigit(byte)
        case (.size, carriageReturn), (.extensions, carriageReturn): place = .sizeLF
        // Blanks before extensions are old clients' (section 7.1.1).
        case (.size, UInt8(ascii: ";")), (.size, UInt8(ascii: " ")), (.size, UInt8(ascii: "\t")): place = .extensions
        case (.extensions, 0x20...0x7E), (.extensions, UInt8(ascii: "\t")), (.extensions, 0x80...0xFF): try ignore()
        case (.sizeLF, lineFeed):
            place = left == 0 ? .line : .content
            ignored = 0
        case (.line, carriageReturn): place = .lastLF
        case (.field, carriageReturn): place = .fieldLF
        case (.line, 0x21...0x7E), (.field, 0x20...0x7E), (.field, UInt8(ascii: "\t")), (.field, 0x80...0xFF):
            place = .field
            try ignore()
        case (.fieldLF, lineFeed): place = .line
        case (.lastLF, lineFeed): place = .end
        default: throw .sourceInvalid
        }
    }

    private mutating func takeDigit(_ byte: UInt8) throws(StreamError) {
        guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else { throw .sourceInvalid }
        if place == .firstDigit { left = 0 }
        guard left <= UInt64.max >> 5 else { throw .sourceInvalid }
        left = left << 4 | UInt64(digit)
        place = .size
    }

    private mutating func ignore() throws(StreamError) {
        ignored += 1
        if ignored > Self.ignoredBytes { throw .sourceInvalid }
    }
}
