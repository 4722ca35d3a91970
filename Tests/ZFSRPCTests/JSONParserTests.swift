import Testing

@testable import ZFSRPC

@Suite struct JSONParserTests {
    @Test(arguments: [
        ("null", JSONValue.null), ("true", true), (" [1, 2] ", .array([1, 2])), ("\"a\\n\\u00e9\"", "a\né"),
        ("\"\\ud83d\\ude00\"", "😀"), ("1e400", .number("1e400")), ("-0", .number("-0")),
        ("9007199254740993", .number("9007199254740993")), ("{}", .object([JSONMember]())),
        ("{\"a\":{\"b\":[]}}", .object([JSONMember("a", .object([JSONMember("b", [])]))])),
        ("\"\\ud800\"", .loneSurrogate), ("\"\\ud800x\"", .loneSurrogate), ("\"\\u0000\"", "\0"),
        ("0.10", .number("0.10")), ("\"\u{7F}é\"", "\u{7F}é"),
    ])
    func `accepts what RFC 8259 allows`(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "NaN", "Infinity", "-Infinity", "01", "+1", "1.", ".5", "1e", "0x1", "'a'", "\"a", "\"\t\"",
        "\"\\x\"", "\"\\u12\"", "[1,]", "[1 2]", "[", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":2}", "1 2", "\u{FEFF}1", "[1]]", "tru", "//x\n1", "\"\\u+123\"",
    ])
    func `refuses what it does not allow, and duplicate members`(text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(arguments: [
        [0xFF], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    ])
    func `refuses invalid UTF-8`(bytes: [UInt8]) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(bytes) }
    }

    @Test func `allows 64 levels and refuses 65`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONParser.parse(nested(64))
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(nested(65)) }
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(nested(1_000_000)) }
    }

    @Test(arguments: ["", "a\"b\\c", "\u{1}\u{1F}\u{7F}", "日本語", "line\nbreak\ttab\r"])
    func `what is written is read back`(text: String) throws {
        #expect(try JSONParser.parse(JSONValue.string(text).encoded) == .string(text))
    }

    @Test func `keeps the text of an id`() throws {
        let text = #"[{"id":340282366920938463463374607431768211455},{"id":"\u0041"},{},{"x":{"id":9},"id":null}]"#
        let identifiers = try JSONParser.parseRequests(Array(text.utf8)).identifiers
        #expect(
            identifiers.map { $0.map { String(decoding: $0, as: UTF8.self) } }
                == ["340282366920938463463374607431768211455", #""\u0041""#, nil, "null"])
    }
}
