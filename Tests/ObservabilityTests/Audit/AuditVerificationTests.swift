import Testing
import ZFSRPC

@testable import Observability

@Suite struct AuditVerificationTests {
    let folder: AuditFolder

    init() async throws {
        folder = try AuditFolder()
        let log = try folder.log()
        for number in 1...5 { try await log.willRun(.sample(requestID: "r\(number)")) }
    }

    private func faults(after change: (inout [String]) -> Void) throws -> [Int] {
        var lines = try folder.lines
        change(&lines)
        try folder.replace(lines.flatMap { Array(($0 + "\n").utf8) })
        return try folder.verify().faults.map(\.line)
    }

    @Test func `finds nothing wrong with what was written`() throws {
        let check = try folder.verify(following: AuditChain.beginning)
        #expect(check.isIntact)
        #expect(check.lines == 5)
        #expect(!check.endsTorn)
        #expect(check.tornLines.isEmpty)
    }

    @Test func `finds a changed line`() throws {
        #expect(try faults { $0[1] = $0[1].replacing("alice", with: "mallo") } == [3])
    }

    @Test func `finds a removed line`() throws {
        #expect(try faults { $0.remove(at: 2) } == [3])
    }

    @Test func `finds swapped lines`() throws {
        #expect(try faults { $0.swapAt(1, 2) } == [2, 3, 4])
    }

    @Test func `finds an added line`() throws {
        #expect(try faults { $0.insert($0[0], at: 1) } == [2])
    }

    @Test func `finds a line that is cut, unless a note tells of it`() throws {
        #expect(try faults { $0[1].removeLast(30) } == [2, 3])
    }

    @Test func `finds missing lines at the beginning when told what they follow`() throws {
        #expect(try faults { $0.removeFirst() } == [])
        #expect(try folder.verify(following: AuditChain.beginning).faults.map(\.line) == [1])
    }

    @Test func `shows missing lines at the end by the head alone`() throws {
        let head = try folder.verify().head
        #expect(try faults { $0.removeLast() } == [])
        #expect(try folder.verify().head != head)
    }

    @Test func `reads any bytes without harm`() throws {
        var random = SystemRandomNumberGenerator()
        let original = try folder.bytes
        for _ in 0..<50 {
            var bytes = original
            for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255) }
            try folder.replace(bytes)
            _ = try folder.verify()
        }
        try folder.replace([UInt8](repeating: 0x7B, count: 1 << 20))
        #expect(throws: AuditError.self) { try folder.verify() }
    }

    @Test func `bounds what it tells`() throws {
        try folder.replace([UInt8](repeating: 0x0A, count: 10_000))
        #expect(try folder.verify().faults.count == AuditVerification.faultLimit)
    }
}
