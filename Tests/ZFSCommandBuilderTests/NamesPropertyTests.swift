import Testing

@testable import ZFSCommandBuilder

@Suite struct NamesPropertyTests {
    /// Which kinds take a hostile text all the same, because it is legal there.
    static let hostile: [(text: String, legal: Set<OperandKind>)] = [
        ("", [.value]),
        ("-a", [.component, .value]),
        ("--", [.component, .value]),
        ("@", [.value, .scriptArgument, .tag]),
        ("a@", [.value, .scriptArgument, .tag, .user]),
        ("a,b", [.value, .scriptArgument]),
        ("a%b", [.value, .scriptArgument]),
        ("a=b", [.value, .scriptArgument, .tag, .mountOption]),
        ("a\nb", []),
        ("a\u{0}b", []),
        ("a\u{1B}b", []),
        (String(repeating: "a", count: 300), [.value, .path, .scriptArgument]),
        ("äöü", [.value, .scriptArgument]),
        ("/a", [.value, .scriptArgument, .path]),
        ("a/", [.value, .scriptArgument, .mountOption]),
        ("..", [.value, .scriptArgument]),
        ("a/../b", [.value, .scriptArgument, .mountOption]),
        ("$(id)", [.value, .scriptArgument]),
        ("a;b", [.value, .scriptArgument]),
        ("a'b", [.value, .scriptArgument]),
    ]

    @Test(arguments: hostile.indices)
    func `refuses a hostile text wherever it is not legal`(_ index: Int) {
        let (text, legal) = Self.hostile[index]
        for kind in OperandKind.allCases where !legal.contains(kind) {
            if kind == .path, text.utf8.first == 0x2F { continue }
            #expect(throws: NameError.self, "\(kind)") { try kind.parse(text) }
        }
    }

    /// The only kinds that may start with a hyphen are joined to another word before they stand in an argument list.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `never takes a text that starts with a hyphen as a whole word`(_ seed: UInt64) {
        var texts = LegalTexts(seed: seed)
        let text = "-" + texts.text("abzAZ09-_.:@#/=", 0...20)
        for kind in OperandKind.allCases where kind != .component && kind != .value {
            #expect(throws: NameError.self, "\(kind)") { try kind.parse(text) }
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `gives every legal text back`(_ seed: UInt64) throws {
        var texts = LegalTexts(seed: seed)
        let legal: [(OperandKind, String)] = [
            (.pool, texts.pool()), (.dataset, texts.dataset()), (.component, texts.component()),
            (.snapshot, texts.snapshot()), (.bookmark, texts.bookmark()), (.reference, texts.snapshot()),
            (.reference, texts.bookmark()), (.property, texts.property()), (.value, texts.value()), (.tag, texts.tag()),
            (.guid, String(texts.number(0...UInt64.max))), (.token, texts.token()), (.path, texts.path()),
            (.user, texts.user()),
        ]
        for (kind, text) in legal {
            #expect(try kind.parse(text) == text, "\(kind)")
        }
    }

    /// Random bytes either are refused or come back unchanged; no text is repaired.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func `repairs nothing`(_ seed: UInt64) {
        var texts = LegalTexts(seed: seed)
        let text = texts.text("a1A-_.:@#/%,= \n\u{0}ä", 0...12)
        for kind in OperandKind.allCases {
            guard let parsed = try? kind.parse(text) else { continue }
            #expect(parsed == text, "\(kind)")
        }
    }
}
