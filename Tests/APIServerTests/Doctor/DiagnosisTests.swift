import ArgumentParser
import Testing
import ZFSRPC

@testable import zfs_apid

@Suite struct DiagnosisTests {
    private let mixed = Diagnosis(findings: [
        .ok("zfs", "OpenZFS answers"),
        .warning("clock", "nothing keeps the clock right", "install chrony"),
        .problem("permissions", "it may not", nil),
    ])

    @Test func `each finding has a line, and the last line counts`() {
        #expect(
            mixed.text == """
                ok       zfs          OpenZFS answers
                warning  clock        nothing keeps the clock right; install chrony
                problem  permissions  it may not
                1 problem, 1 warning
                """)
        #expect(Diagnosis(findings: [.ok("zfs", "it answers")]).text == "ok       zfs  it answers\nnothing is wrong")
    }

    @Test func `what others say cannot command a terminal or break a line`() {
        let said = Diagnosis(findings: [.problem("ssh", "\u{1B}[2J\u{9B}31mall\nok\u{202E}", "\u{7F}\r")])
        #expect(said.text.split(separator: "\n").count == 2)
        #expect(said.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value < 0x7F })
    }

    @Test func `the document has the same`() throws {
        let document = try JSONParser.parse(Array(mixed.json.utf8))
        #expect(document["version"] == .string(Version.current))
        #expect(document["ok"] == false)
        #expect(document["problems"] == 1)
        #expect(document["warnings"] == 1)
        guard case .array(let findings)? = document["findings"] else { throw Missing() }
        #expect(findings.map { $0["check"] } == ["zfs", "clock", "permissions"])
        #expect(findings.map { $0["status"] } == ["ok", "warning", "problem"])
        #expect(findings.map { $0["remedy"] } == [.null, "install chrony", .null])
    }

    @Test func `only problems end with an error, and a configuration has a status of its own`() {
        #expect(Diagnosis(findings: []).exitCode == .success)
        #expect(Diagnosis(findings: [.warning("clock", "", nil)]).exitCode == .success)
        #expect(mixed.exitCode == .failure)
        #expect(Diagnosis(findings: mixed.findings, isConfigured: false).exitCode == .configuration)
    }

    private struct Missing: Error {}
}
