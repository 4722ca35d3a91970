/// A strict parser for one JSON text in UTF-8 (RFC 8259).
///
/// Beyond the RFC it refuses duplicate member names, a byte order mark, and nesting deeper than 64.
public struct JSONParser {
    /// Why a text is not accepted, and where.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong.
        public let problem: String
        /// Bytes before the place.
        public let offset: Int

        /// One sentence.
        public var description: String { "\(problem) at byte \(offset)" }
    }

    /// Arrays and objects within each other.
    public static let deepestNesting = 64

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0
    /// The depth of the objects that are requests, and the text of the last `id` that one of them had.
    private var requestDepth = 0
    private var identifier: ArraySlice<UInt8>?

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Parses a whole text.
    /// - Throws: `Failure` for the first byte that is wrong.
    public static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        var parser = JSONParser(bytes)
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        if parser.index < bytes.count { throw parser.failure("something follows the JSON text") }
        return value
    }

    /// Parses a JSON-RPC text: a request, or an array of them.
    ///
    /// An `id` must come back as the very same text, which a decoded value no longer tells.
    /// - Returns: The value, and for each request the text of its `id`.
    /// - Throws: `Failure` for the first byte that is wrong.
    static func parseRequests(_ bytes: [UInt8]) throws(Failure) -> (value: JSONValue, identifiers: [[UInt8]?]) {
        var parser = JSONParser(bytes)
        var identifiers: [[UInt8]?] = []
        parser.skipSpace()
        parser.requestDepth = parser.current == UInt8(ascii: "[") ? 2 : 1
        let value: JSONValue
        if parser.requestDepth == 1 {
            value = try parser.value()
            identifiers = [parser.identifier.map { Array($0) }]
        } else {
            value = try parser.nested { parser throws(Failure) in
                try parser.array { parser in
                    identifiers.append(parser.identifier.map { Array($0) })
                    parser.identifier = nil
                }
            }
        }
        parser.skipSpace()
        if parser.index < bytes.count { throw parser.failure("something follows the JSON text") }
        return (value, identifiers)
    }

    private func failure(_ problem: String) -> Failure {
        Failure(problem: problem, offset: index)
    }

    private var current: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func value() throws(Failure) -> JSONValue {
        guard let first = current else { throw failure("the JSON text ends too early") }
        switch first {
        case UInt8(ascii: "{"): return try nested { parser throws(Failure) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(Failure) in try parser.array() }
        case UInt8(ascii: "\""): return try string().map { .string($0) } ?? .loneSurrogate
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw failure("no JSON value starts here")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(Failure) -> JSONValue
    ) throws(Failure) -> JSONValue {
        depth += 1
        if depth > Self.deepestNesting { throw failure("more than \(Self.deepestNesting) levels of nesting") }
        index += 1
        skipSpace()
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(Failure) -> JSONValue {
        var members: [JSONMember] = []
        // Strings compare by canonical equivalence, member names by their bytes.
        var names: Set<[UInt8]> = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure("a member name in quotes is missing") }
            guard let name = try string() else { throw failure("a member name has a surrogate without partner") }
            if !names.insert(Array(name.utf8)).inserted { throw failure("an object has the same member twice") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("\":\" is missing") }
            skipSpace()
            let start = index
            members.append(JSONMember(name, try value()))
            if depth == requestDepth, name == "id" { identifier = bytes[start..<index] }
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("\",\" or \"}\" is missing") }
        return .object(members)
    }

    private mutating func array(after element: (inout JSONParser) -> Void = { _ in }) throws(Failure) -> JSONValue {
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            skipSpace()
            elements.append(try value())
            element(&self)
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("\",\" or \"]\" is missing") }
        return .array(elements)
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
        let expected = "\(word)".utf8
        guard bytes[index...].starts(with: expected) else { throw failure("no JSON value starts here") }
        index += expected.count
        return value
    }

    private mutating func digits() throws(Failure) {
        let start = index
        while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
        if index == start { throw failure("a digit is missing") }
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    /// The string that starts here; nil when it has a surrogate without partner.
    private mutating func string() throws(Failure) -> String? {
        index += 1
        let start = index
        while let byte = current, byte != 0x22, byte != 0x5C, byte >= 0x20 { index += 1 }
        if current == 0x22 {
            defer { index += 1 }
            return try text(bytes[start..<index])
        }
        return try escapedString(from: start)
    }

    private mutating func escapedString(from start: Int) throws(Failure) -> String? {
        var utf8 = Array(bytes[start..<index])
        var isWellFormed = true
        while let byte = current {
            switch byte {
            case 0x22:
                index += 1
                return isWellFormed ? try text(utf8[...]) : nil
            case 0x5C:
                index += 1
                if let scalar = try escape() {
                    utf8.append(contentsOf: Character(scalar).utf8)
                } else {
                    isWellFormed = false
                }
            case ..<0x20:
                throw failure("a control character in a string is not escaped")
            default:
                utf8.append(byte)
                index += 1
            }
        }
        throw failure("a string does not end")
    }

    /// The scalar that an escape stands for; nil for a surrogate without partner.
    private mutating func escape() throws(Failure) -> Unicode.Scalar? {
        guard let byte = current else { throw failure("a string does not end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            if !UTF16.isLeadSurrogate(unit) { return Unicode.Scalar(unit) }
            let afterLead = index
            guard take(0x5C), take(UInt8(ascii: "u")) else {
                index = afterLead
                return nil
            }
            let trail = try hexadecimal()
            guard UTF16.isTrailSurrogate(trail) else {
                index = afterLead
                return nil
            }
            return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00))
        default: throw failure("an unknown escape in a string")
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt16 {
        guard index + 4 <= bytes.count else { throw failure("a string does not end") }
        var unit: UInt16 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw failure("\\u needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
        }
        index += 4
        return unit
    }

    private func text(_ utf8: ArraySlice<UInt8>) throws(Failure) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw failure("a string is not valid UTF-8") }
        return text
    }
}
