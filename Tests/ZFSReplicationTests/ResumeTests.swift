import AsyncZFSExecutor
import Testing
import ZFSCommandBuilder

@testable import ZFSReplication

@Suite struct ResumeTests {
    private static let token = Result { try ResumeToken("1-abc-b8-789c") }

    private static func contents(_ lines: [String]) -> String {
        "resume token contents:\nnvlist version: 0\n" + lines.map { "\t\($0)\n" }.joined()
    }

    private static let full = [
        "object = 0x3", "offset = 0x2a0000", "bytes = 0x2c2b28", "toguid = 0x7", "toname = tank/a@s",
    ]
    private static let size = "full\ttank/a@s\t5261272\nsize\t5261272\n"

    private static func runner(_ answer: Completion, guids: String = "tank/a@s\tguid\t7\ntank/a@o\tguid\t5\n")
        -> ScriptedRunner
    {
        ScriptedRunner(.init(bytes: [1])) { line, _ in
            if line.hasPrefix("zfs send -nvP -t") { return answer }
            return .printing(line.contains(" -o value guid") ? "7\n" : guids)
        }
    }

    private static func request(_ change: (inout SendRequest) throws -> Void = { _ in }) throws -> SendRequest {
        var request = SendRequest(try SnapshotName("tank/a@s"), resumeToken: try token.get())
        try change(&request)
        return request
    }

    private static func send(_ request: SendRequest, _ runner: ScriptedRunner) async throws {
        _ = try await Replication(runner: runner).send(request, to: .writer { _ in }, control: StreamControl()) { _ in }
    }

    @Test func `the token of the snapshot goes on`() async throws {
        let runner = Self.runner(.printing(Self.contents(Self.full) + Self.size))
        try await Self.send(Self.request(), runner)
        #expect(runner.streams == ["zfs send -t 1-abc-b8-789c"])
        let estimate = try await Replication(runner: runner).estimate(Self.request())
        #expect(estimate.bytes == 5_261_272)
        #expect(!estimate.isIncremental)
    }

    @Test func `flags and origin are those of the token`() async throws {
        let lines = Self.full + ["fromguid = 0x5", "rawok = 0x1", "compressok = 0x1", "largeblockok = 0x1"]
        let runner = Self.runner(.printing(Self.contents(lines) + Self.size))
        let request = try Self.request { $0.origin = .snapshot(try SnapshotName("tank/a@o")) }
        let estimate = try await Replication(runner: runner).estimate(request)
        #expect(estimate.flags == StreamFlags(raw: true, compressed: true, largeBlocks: true, embedded: false))
        #expect(estimate.isIncremental)
    }

    static let foreign: [(lines: [String], part: String)] = [
        (["bytes = 0x1", "toguid = 0x7", "toname = tank/b@s"], "tank/b@s, not for tank/a@s"),
        (["bytes = 0x1", "toguid = 0x7", "toname = tank/a@other"], "tank/a@other, not for"),
        (["bytes = 0x1", "toguid = 0x7", "toname = tank/a/x@s"], "tank/a/x@s, not for"),
        (["bytes = 0x1", "toguid = 0x9", "toname = tank/a@s"], "guid 9; that of today has 7"),
        (["bytes = 0x1", "toguid = 0x7", "fromguid = 0x6", "toname = tank/a@s"], "the receiver had guid 6"),
        (["bytes = 0x1", "toguid = 0x7", "toname = tank/a@s"], "it is for a full stream"),
    ]

    @Test(arguments: foreign.indices)
    func `a token of something else is refused, whatever zfs says of it`(index: Int) async throws {
        let sample = Self.foreign[index]
        let secret = "cannot resume send: 'tank/b@s' used in the initial send no longer exists\n"
        let answers: [Completion] = [
            .printing(Self.contents(sample.lines) + Self.size),
            .failing(secret, status: 255, output: Self.contents(sample.lines)),
        ]
        for answer in answers {
            let runner = Self.runner(answer)
            let request = try Self.request {
                if index >= 4 { $0.origin = .snapshot(try SnapshotName("tank/a@o")) }
            }
            let error = await #expect(throws: ReplicationError.self) { try await Self.send(request, runner) }
            guard case .foreignResumeToken(let sentence) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(sentence.contains(sample.part), "\(sentence)")
            #expect(runner.streams.isEmpty)
        }
    }

    @Test func `with everything below, the token of a child is taken`() async throws {
        let lines = ["bytes = 0x1", "toguid = 0x7", "fromguid = 0x4", "toname = tank/a/x@s"]
        let runner = Self.runner(.printing(Self.contents(lines) + Self.size), guids: "tank/a/x@s\tguid\t7\n")
        let request = try Self.request {
            $0.isRecursive = true
            $0.origin = .snapshot(try SnapshotName("tank/a@o"))
        }
        try await Self.send(request, runner)
        #expect(runner.streams.count == 1)
    }

    @Test func `a token that zfs can not read is unreadable`() async throws {
        let runner = Self.runner(
            .failing("cannot resume send: resume token is corrupt (incorrect checksum)\n", status: 255))
        await #expect(throws: ReplicationError.unreadableResumeToken) { try await Self.send(Self.request(), runner) }
    }

    @Test func `a token of the right snapshot that can not go on says what zfs says`() async throws {
        let text = "cannot resume send: 'tank/a@s' is no longer the same snapshot used in the initial send\n"
        let runner = Self.runner(.failing(text, status: 255, output: Self.contents(Self.full)))
        let error = await #expect(throws: CommandFailed.self) { try await Self.send(Self.request(), runner) }
        #expect(error?.failure.reason == .resumeInvalid)
    }

    @Test(arguments: [
        "", "resume token contents:\n", "\ttoname = tank/a@s\n\ttoguid = 0x1\n",
        "\ttoname = tank/a\n\ttoguid = 0x1\n\tbytes = 0x1\n",
        "\ttoname = tank/a@s\n\ttoname = tank/b@s\n\ttoguid = 0x1\n\tbytes = 0x1\n",
        "\ttoname = tank/a@s\n\ttoguid = 0xg\n\tbytes = 0x1\n",
    ])
    func `contents that are not whole are refused`(text: String) {
        #expect(throws: OutputError.self) { _ = try ResumeTokenContents(output: Array(text.utf8)) }
    }

    @Test func `numbers use all of 64 bits`() throws {
        let text = "\ttoname = tank/a b@s c\n\ttoguid = 0xffffffffffffffff\n\tbytes = 0x8000000000000000\n"
        let contents = try ResumeTokenContents(output: Array(text.utf8))
        #expect(contents.snapshot.text == "tank/a b@s c")
        #expect(contents.toGUID == UInt64.max)
        #expect(contents.bytes == 1 << 63)
        #expect(contents.fromGUID == nil)
    }
}
