import AsyncZFSExecutor
import Synchronization
import Testing
import ZFSCommandBuilder

@testable import ZFSReplication

@Suite struct ReceiveTests {
    private static let partial = Termination(
        status: .exited(1),
        standardError: Array(
            """
            cannot receive new filesystem stream: checksum mismatch or incomplete stream.
            Partially received snapshot is saved.

            """.utf8))

    /// A `zfs` whose `tank/a` is as `before`, and then as `after`.
    private static func runner(
        _ stream: ScriptedRunner.Stream = .init(), before: String? = nil, after: String = "tank/a@s\t12\n",
        token: String = "-"
    ) -> ScriptedRunner {
        ScriptedRunner(stream) { line, _ in
            if line.hasPrefix("zfs list"), line.contains("name,type,createtxg") {
                return before.map { .printing($0) }
                    ?? .failing("cannot open 'tank/a': dataset does not exist\n")
            }
            if line.hasPrefix("zfs list") { return .printing(after) }
            if line.contains("receive_resume_token") { return .printing("tank/a/x\t-\ntank/a\t\(token)\n") }
            if line.hasPrefix("zfs send -nvP -t") {
                return .failing(
                    "cannot resume send: 'far/b@s' used in the initial send no longer exists\n", status: 255,
                    output: "\tbytes = 0x10\n\ttoguid = 0x7\n\tfromguid = 0x5\n\ttoname = far/b@s\n")
            }
            return .printing("")
        }
    }

    private static func request(
        force: Bool = false, resumable: Bool = false, isConfined: Bool = false
    ) throws -> ReceiveRequest {
        ReceiveRequest(try DatasetName("tank/a"), force: force, resumable: resumable, isConfined: isConfined)
    }

    private static func receive(
        _ request: ReceiveRequest, _ runner: ScriptedRunner, _ bytes: [UInt8] = [], mayMount: Bool = true
    ) async throws -> ReceiveOutcome {
        let piece = PendingPiece(bytes)
        return try await Replication(runner: runner, mayMount: mayMount).receive(
            request, from: .reader { piece.take() }, control: StreamControl()
        ) { _ in }
    }

    @Test func `options are those of the request`() async throws {
        let samples: [(ReceiveRequest, String)] = [
            (try Self.request(), "zfs receive tank/a"),
            (try Self.request(force: true), "zfs receive -F tank/a"),
            (try Self.request(resumable: true), "zfs receive -s tank/a"),
        ]
        for (request, line) in samples {
            let runner = Self.runner()
            _ = try await Self.receive(request, runner)
            #expect(runner.streams == [line])
        }
        let runner = Self.runner()
        _ = try await Self.receive(Self.request(), runner, mayMount: false)
        #expect(runner.streams == ["zfs receive -u tank/a"])
    }

    @Test func `what was made since is what was received`() async throws {
        let before = "tank/a\tfilesystem\t3\ntank/a@o\tsnapshot\t11\ntank/a/x\tvolume\t4\n"
        let after = "tank/a@o\t11\ntank/a@s\t12\ntank/a/x@s\t12\n"
        let runner = Self.runner(before: before, after: after)
        let outcome = try await Self.receive(Self.request(), runner, [1, 2])
        #expect(outcome.snapshots.map(\.text) == ["tank/a@s", "tank/a/x@s"])
        #expect(runner.received == [1, 2])
    }

    @Test func `a success that made nothing is an error`() async throws {
        let runner = Self.runner(before: "tank/a\tfilesystem\t3\ntank/a@s\tsnapshot\t12\n")
        await #expect(throws: ReplicationError.nothingReceived(try DatasetName("tank/a"))) {
            _ = try await Self.receive(Self.request(), runner)
        }
    }

    @Test func `what is kept is told`() async throws {
        let runner = Self.runner(.init(termination: Self.partial), token: "1-abc-b8-789c")
        let error = await #expect(throws: ReplicationError.self) {
            _ = try await Self.receive(Self.request(resumable: true), runner)
        }
        guard case .interrupted(let failure, let state) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.reason == .streamIncomplete)
        #expect(state.token.text == "1-abc-b8-789c")
        #expect(state.snapshot.text == "far/b@s")
        #expect((state.toGUID, state.fromGUID, state.bytesReceived) == (7, 5, 16))
    }

    @Test func `without -s, or when nothing is kept, the failure is told alone`() async throws {
        for (resumable, token) in [(false, "1-abc-b8-789c"), (true, "-")] {
            let runner = Self.runner(.init(termination: Self.partial), token: token)
            let error = await #expect(throws: CommandFailed.self) {
                _ = try await Self.receive(Self.request(resumable: resumable), runner)
            }
            #expect(error?.failure.reason == .streamIncomplete)
        }
    }

    @Test func `a part that was in the way is not taken for this receive's`() async throws {
        let text =
            "cannot receive new filesystem stream: destination tank/a contains partially-complete state from "
            + "\"zfs receive -s\".\n"
        let end = Termination(status: .exited(1), standardError: Array(text.utf8))
        let error = await #expect(throws: CommandFailed.self) {
            let runner = Self.runner(.init(termination: end), before: "tank/a\tfilesystem\t3\n", token: "1-abc-b8-789c")
            _ = try await Self.receive(Self.request(resumable: true), runner)
        }
        #expect(error?.failure.reason == .resumeConflict)
    }

    private static let outward =
        "-x snapdev -x volmode -x dedup -x keylocation -x context -x fscontext -x defcontext -x rootcontext"
    private static let confinedVolume = "zfs receive -u \(outward) tank/a"
    private static let confined =
        "zfs receive -u -o setuid=off -o exec=off -o devices=off \(outward) "
        + "-x mountpoint -x canmount -x overlay -x sharenfs -x sharesmb -x zoned -x nbmand tank/a"

    @Test func `a stranger's stream stays within what is there`() async throws {
        for (type, line) in [("filesystem", Self.confined), ("volume", Self.confinedVolume)] {
            let runner = Self.runner(before: "tank/a\t\(type)\t3\n")
            _ = try await Self.receive(Self.request(isConfined: true), runner)
            #expect(runner.streams == [line])
        }
    }

    /// The head of a stream as `zfs send` of a little-endian or big-endian machine writes it.
    private static func head(version: UInt64 = 0x1_0001, type: UInt32, isLittle: Bool = true) -> [UInt8] {
        func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
            let little = (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
            return isLittle ? little : little.reversed()
        }
        return bytes(0, 4) + bytes(0, 4) + bytes(0x2_F5BA_CBAC, 8) + bytes(version, 8) + bytes(0, 8)
            + bytes(UInt64(type), 4) + bytes(0, 4) + bytes(4711, 8) + [UInt8](repeating: 9, count: 20)
    }

    @Test func `the head of a stream tells what it makes`() {
        for isLittle in [true, false] {
            #expect(StreamHead(Self.head(type: 2, isLittle: isLittle))?.kind == .filesystem)
            #expect(StreamHead(Self.head(type: 3, isLittle: isLittle))?.kind == .volume)
            #expect(StreamHead(Self.head(type: 3, isLittle: isLittle))?.guid == 4711)
            #expect(StreamHead(Self.head(version: 2, type: 3, isLittle: isLittle)) == nil)
        }
        #expect(StreamHead(Array(Self.head(type: 3).prefix(47))) == nil)
        #expect(StreamHead([UInt8](repeating: 0, count: 100)) == nil)
    }

    @Test(arguments: [true, false])
    func `a stranger's new dataset is confined by its kind, and no byte is lost`(isVolume: Bool) async throws {
        let runner = Self.runner()
        let bytes = Self.head(type: isVolume ? 3 : 2)
        let pieces = Mutex(bytes.map { [$0][...] })
        let started = Record<Bool>()
        _ = try await Replication(runner: runner, mayMount: true).receive(
            Self.request(isConfined: true),
            from: .reader {
                #expect(started.all.count == 1, "read before the client was told to start")
                return pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            }, control: StreamControl()
        ) { _ in started.add(true) }
        #expect(runner.streams == [isVolume ? Self.confinedVolume : Self.confined])
        #expect(runner.received == bytes)
        #expect(started.all.count == 1)
    }

    @Test func `a second receive into a dataset waits for nobody`() async throws {
        let runner = Self.runner()
        let replication = Replication(runner: runner, mayMount: true)
        let request = try Self.request()
        _ = try await replication.receive(
            request,
            from: .reader {
                await #expect(throws: ReplicationError.receiveRuns(request.dataset)) {
                    _ = try await replication.receive(request, from: .reader { nil }, control: StreamControl()) { _ in }
                }
                return nil
            }, control: StreamControl()
        ) { _ in }
        _ = try await replication.receive(request, from: .reader { nil }, control: StreamControl()) { _ in }
        #expect(runner.streams.count == 2)
    }

    @Test func `what is kept is thrown away`() async throws {
        let runner = Self.runner()
        try await Replication(runner: runner).abortReceive(of: DatasetName("tank/a"))
        #expect(runner.lines == ["zfs receive -A tank/a"])
    }
}
