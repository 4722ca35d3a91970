import Testing

@testable import zfs_apid

@Suite struct ExaminationTests {
    private struct Quick: DoctorCheck {
        let name: String
        func findings() async -> [Finding] { [.ok(name, "done")] }
    }

    private struct Hanging: DoctorCheck {
        let name = "hanging"
        func findings() async -> [Finding] {
            let (never, end) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            end.finish()
            return []
        }
    }

    @Test func `findings come in the order of the checks`() async {
        let names = (0..<100).map { "check \($0)" }
        let findings = await Examination.findings(of: names.map { Quick(name: $0) }, within: .seconds(60))
        #expect(findings.map(\.check) == names)
        #expect(await Examination.findings(of: []) == [])
    }

    @Test func `a check that hangs is a problem, and nobody waits for it`() async {
        let findings = await Examination.findings(of: [Hanging()], within: .zero)
        #expect(findings.map(\.status) == [.problem])
        #expect(findings.map(\.check) == ["hanging"])
    }
}
