import Testing

@testable import zfs_apid

@Suite struct YAMLDocumentTests {
    @Test func `names the line of the second of two equal keys, and goes on`() {
        let text = """
            server:
              http:
                port: 1
                host: localhost
                port: 2
                port: 3
            zfs: {"queue": 1, 'queue': 2, deadline: x}
            server:
              http: {}
            auth: {users: [{name: a, name: b}]}
            """
        #expect(
            ConfigurationSamples.faults(text) == [
                "f:5:5: server.http.port: is given before, in line 3; keep one",
                "f:6:5: server.http.port: is given before, in line 5; keep one",
                "f:7:19: zfs.queue: is given before, in line 7; keep one",
                "f:7:41: zfs.deadline: must be a whole number from 1 to 86400",
                "f:8:1: server: is given before, in line 1; keep one",
                "f:10:16: auth.users[0].role: is missing; give viewer, operator or admin",
                "f:10:16: auth.users[0].password_hash: give either password_hash or password_hash_file",
                "f:10:26: auth.users[0].name: is given before, in line 10; keep one",
            ]
        )
    }

    @Test func `finds a bounded number of equal keys`() {
        let faults = ConfigurationSamples.faults(String(repeating: "zfs: {}\n", count: 200))
        #expect(faults == ["f:21:1: the key is given more than once; keep one"])
        #expect(ConfigurationSamples.faults("'': 1\n'': 2") == ["f:1:1: the key is given more than once; keep one"])
    }

    @Test(arguments: [
        "a: &x 1", "a: [*x]", "- *x", "{? *x : 1}", "[a,*x]", "{a: {b: *x}}", "\"k\": *x", "a:\n  *x", "--- *x",
        "a: # c\n  &x b", "{\"a\":*x}", "{'a':&x b}", "a: 'it''s'\nb: *x", "a: \"\\\"\"\nb: *x", "? *x\n: b", "[?*x]",
        "a: it's\nb: *x", "a: b # '\nc: *x", "a: b\r\nc: *x", "a: b\rc: *x",
    ])
    func `refuses anchors and aliases`(text: String) {
        let faults = ConfigurationSamples.faults(text)
        #expect(faults.count == 1)
        let advice = "anchors and aliases are not supported; write the value out, or in quotes if it begins so"
        #expect(faults.first?.hasSuffix(": \(advice)") == true)
    }

    @Test func `misses no alias in texts made at random`() {
        // An alias without an anchor that were missed would be found, and named so, by the parser.
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            // xorshift64 (Marsaglia, 2003).
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let pieces = [
            "*x", "*x", "a", "b", ":", ": ", "- ", "-", "? ", "?", "[", "]", "{", "}", ",", ", ", "\"", "'", "\n", "\n",
            "\n  ", " ", "  ", "#", " #", "\\", "|", ">", "---\n", "\t", "\r", "!t ", "%", "\u{85}", "it's", "\"a\"",
            "'b'",
        ]
        var aliases = 0
        for _ in 0..<1000 {
            let text = (0...next(14)).map { _ in pieces[next(pieces.count)] }.joined()
            let faults = ConfigurationSamples.faults(text)
            aliases += faults.contains { $0.contains("anchors and aliases") } ? 1 : 0
            #expect(!faults.contains { $0.contains("undefined alias") }, "\(text.debugDescription)")
        }
        #expect(aliases > 100)
    }

    @Test func `says where an alias is`() {
        let faults = ConfigurationSamples.faults("zfs:\n  path: [/a, *x]")
        #expect(faults.first?.hasPrefix("f:2:14: anchors") == true)
    }

    @Test(arguments: [
        ("a: !!str b", "tags are not supported"), ("a: |\n  b", "texts over several lines"),
        ("a: >\n  b", "texts over several lines"), ("a: \"b\n  c\"", "a text in quotes must end on its line"),
        ("a: \"b\\\n  c\"", "a text in quotes must end on its line"), ("a: '", "a text in quotes must end on its line"),
        ("[foo\n\n  \"x, *y ,\"]", "begin a text in quotes on a line"),
        ("a: b\u{85}c: *x", "this character ends a line"), ("# \u{2028}a: *x", "this character ends a line"),
    ])
    func `refuses what could hide an alias`(text: String, advice: String) {
        let faults = ConfigurationSamples.faults(text)
        #expect(faults.contains { $0.contains(": \(advice)") })
    }

    @Test(arguments: [
        "state_dir: /a&b", "state_dir: /a*", "state_dir: \"/*x\"", "state_dir: '/&x'", "# *x &y\nstate_dir: /a",
        "zfs: {path: ['/a, *x', \"/[&b\"]}", "state_dir: /a | b", "state_dir: /a # | *x",
    ])
    func `takes the characters of indicators inside of texts`(text: String) {
        #expect(ConfigurationSamples.faults(text) == [])
    }

    @Test func `bounds what a short file can cost`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let alias = "*a\(level - 1)"
            bomb += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        bomb += "? *a30\n: x\n"
        #expect(ConfigurationSamples.faults(bomb).count == 20)
        let nested = String(repeating: "[", count: 100_000)
        #expect(ConfigurationSamples.faults(nested).first?.contains("Maximum nesting level") == true)
        let allowed = String(repeating: "[", count: 999) + String(repeating: "]", count: 999)
        #expect(ConfigurationSamples.faults(allowed) == ["f:1:1: must be a mapping of keys to values"])
        let list = "zfs: {path: [" + String(repeating: "/a,", count: 10_001) + "]}"
        #expect(ConfigurationSamples.faults(list) == ["f:1:13: zfs.path: has more than 10000 members"])
    }

    @Test func `reads at most 1 MiB of a file`() throws {
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.read("/dev/zero") }
        #expect(error?.description == "/dev/zero: is longer than 1048576 bytes")
        let missing = #expect(throws: ConfigurationError.self) { try ConfigurationFile.read("/nowhere/x") }
        #expect(missing?.description == "/nowhere/x: cannot be read: No such file or directory")
    }
}
