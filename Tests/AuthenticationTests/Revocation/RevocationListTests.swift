import Glibc
import TestSupport
import Testing

@testable import Authentication

@Suite struct RevocationListTests {
    private let folder: TemporaryFolder
    private let hands = Hands()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func list(limit: Int = 100) -> RevocationList {
        RevocationList(
            path: folder.file("revoked"), limit: limit, clock: hands.clock, retryDelay: .zero, spareLines: 20)
    }

    private func token(_ seconds: Int = 600) throws -> TokenID { try TokenID(expires: Fixture.now + seconds) }

    @Test func `knows after a restart what was revoked`() async throws {
        let (revoked, other) = (try token(), try token())
        let list = list()
        #expect(try await !list.contains(revoked))
        try await list.insert(revoked)
        #expect(try await list.contains(revoked))
        #expect(try await !list.contains(other))
        #expect(try folder.read("revoked") == "\(revoked)\n")
        #expect(folder.mode("revoked") == 0o600)
        let restarted = self.list()
        #expect(try await restarted.contains(revoked))
        #expect(try await !restarted.contains(other))
    }

    @Test func `records a token once, and none that has expired`() async throws {
        let list = list()
        let live = try token()
        try await list.insert(live)
        try await list.insert(live)
        try await list.insert(try token(0))
        try await list.insert(try token(-600))
        #expect(try folder.read("revoked") == "\(live)\n")
    }

    @Test func `takes many at once`() async throws {
        let list = list()
        let tokens = try (0..<50).map { try token(600 + $0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for token in tokens { group.addTask { try await list.insert(token) } }
            try await group.waitForAll()
        }
        let restarted = self.list()
        for token in tokens { #expect(try await restarted.contains(token)) }
    }

    @Test(arguments: ["0011", "00112233445566778899aabbccddeeff-18000", "\0\0\0\0", "x"])
    func `a last line that was not written whole is cut off`(torn: String) async throws {
        let (first, second) = (try token(), try token())
        try folder.write("\(first)\n\(torn)", to: "revoked")
        let list = list()
        #expect(try await list.contains(first))
        try await list.insert(second)
        #expect(try folder.read("revoked") == "\(first)\n\(second)\n")
        #expect(try await self.list().contains(second))
    }

    @Test(arguments: ["x\n", "\n", "00112233445566778899AABBCCDDEEFF-1800000600\n", "\0\0\n"])
    func `nothing is known of a damaged file`(damage: String) async throws {
        let first = try token()
        try folder.write("\(first)\n\(damage)\(first)\n", to: "revoked")
        let list = list()
        let error = RevocationError.damaged(path: folder.file("revoked"), line: 2)
        #expect(list.problem == error)
        await #expect(throws: error) { try await list.contains(first) }
        await #expect(throws: error) { try await list.insert(first) }
        try folder.write("\(first)\n", to: "revoked")
        #expect(try await list.contains(first))
        #expect(list.problem == nil)
    }

    @Test func `fails closed while the file cannot be read, and recovers`() async throws {
        folder.makeFolder("revoked")
        let list = list()
        let revoked = try token()
        let error = RevocationError.file(FileError(call: "open", path: folder.file("revoked"), number: EISDIR))
        await #expect(throws: error) { try await list.contains(revoked) }
        await #expect(throws: error) { try await list.insert(revoked) }
        folder.remove("revoked")
        #expect(try await !list.contains(revoked))
        try await list.insert(revoked)
        #expect(try await self.list().contains(revoked))
    }

    @Test func `a token is not revoked when that cannot be written`() async throws {
        let list = list()
        let revoked = try token()
        // A folder in the place of the file, after it was found to be missing.
        folder.makeFolder("revoked")
        let error = RevocationError.file(FileError(call: "open", path: folder.file("revoked"), number: EISDIR))
        await #expect(throws: error) { try await list.insert(revoked) }
        #expect(try await !list.contains(revoked))
        folder.remove("revoked")
        try await list.insert(revoked)
        #expect(try await list.contains(revoked))
    }

    @Test func `takes no more than its limit until some expire`() async throws {
        let list = list(limit: 3)
        for seconds in [10, 20, 30] { try await list.insert(try token(seconds)) }
        let further = try token()
        await #expect(throws: RevocationError.full(limit: 3)) { try await list.insert(further) }
        hands.advance(10)
        try await list.insert(further)
        #expect(try await list.contains(further))
    }

    @Test func `the file does not keep what expired`() async throws {
        let live = try token(7200)
        let old = try (0..<200).map { _ in "\(try token(60))\n" }.joined()
        try folder.write("\(old)\(live)\n", to: "revoked")
        #expect(try await list().contains(live))
        #expect(try folder.read("revoked").utf8.count > 8_000)
        hands.advance(60)
        #expect(try await list().contains(live))
        #expect(try folder.read("revoked") == "\(live)\n")
        #expect(folder.names == ["revoked"])
    }

    @Test func `the file does not grow without end while it is used`() async throws {
        let list = list(limit: 10)
        for _ in 0..<100 {
            try await list.insert(try TokenID(expires: hands.clock.seconds() + 2))
            hands.advance(1)
        }
        #expect(try folder.read("revoked").split(separator: "\n").count < 50)
    }
}
