import AsyncZFSExecutor
import Glibc
import Synchronization
import TestSupport
import Testing
import ZFSCommandBuilder

@Suite(.serialized) struct StreamEndTests {
    private struct Refused: Error, Equatable {}
    /// What takes 1.3 s at most with a grace period of 0.3 s, on a machine that does other things too.
    private static let patience = Duration.seconds(5)

    /// Runs one line of bash into a new Unix socket that the peer collects from.
    private func send(_ script: String, _ control: StreamControl = StreamControl()) async throws -> (
        StreamResult, [UInt8]
    ) {
        let peer = try StreamPeer(.unix, .fromStream)
        peer.collect()
        let result = try await StreamFixture.executor().run(
            StreamPipeline([StreamFixture.bash(script)], to: .descriptor(try peer.end, framing: .none)),
            control: control
        ) { _ in }
        peer.closeEnd()
        return (result, try await peer.bytes())
    }

    @Test func `a process that fails after some bytes is told of, and its bytes have passed`() async throws {
        let (result, bytes) = try await send("head -c 3000000 /dev/zero; echo 'cannot send' >&2; exit 3")
        #expect(result.terminations.map(\.status) == [.exited(3)])
        #expect(result.terminations.map(\.standardError) == [Array("cannot send\n".utf8)])
        #expect(bytes.count == 3_000_000)
    }

    @Test func `a process that ends without a byte does not start the stream`() async throws {
        let peer = try StreamPeer(.unix, .fromStream)
        let result = try await StreamFixture.executor().run(
            StreamPipeline(
                [StreamFixture.bash("exit 1")], to: .descriptor(try peer.end, framing: .lengthPrefixed)),
            control: StreamControl()
        ) { _ in Issue.record("it started") }
        #expect(result.terminations.map(\.status) == [.exited(1)])
    }

    @Test func `what the start throws ends the processes`() async throws {
        let peer = try StreamPeer(.unix, .fromStream)
        let mark = "stream-start-\(getpid())"
        await #expect(throws: Refused.self) {
            _ = try await StreamFixture.executor().run(
                StreamPipeline(
                    [StreamFixture.bash("cat /dev/zero; : \(mark)")],
                    to: .descriptor(try peer.end, framing: .none)),
                control: StreamControl()
            ) { _ in throw Refused() }
        }
        #expect(StreamFixture.processes(with: mark).isEmpty)
    }

    @Test func `a receiver that fails early ends the source at once`() async throws {
        // The peer gives some bytes and then neither more nor an end.
        let peer = try StreamPeer(.tcp, .toStream)
        peer.give(StreamFixture.bytes(100_000), andEnd: false)
        let start = ContinuousClock.now
        let result = try await StreamFixture.executor().run(
            StreamPipeline(
                [StreamFixture.bash("head -c 1000 >/dev/null; echo 'cannot receive' >&2; exit 2")],
                from: .descriptor(try peer.end)),
            control: StreamControl()
        ) { _ in }
        #expect(result.terminations.map(\.status) == [.exited(2)])
        #expect(result.terminations.map(\.standardError) == [Array("cannot receive\n".utf8)])
        #expect(.now - start < Self.patience)
    }

    @Test func `a failure at the end of a row ends those before it`() async throws {
        let mark = "stream-row-\(getpid())"
        let result = try await StreamFixture.executor().run(
            StreamPipeline([
                StreamFixture.bash("exec -a \(mark) cat /dev/zero"), .filter(program: "cat", arguments: []),
                StreamFixture.bash("head -c 100000 >/dev/null; exit 5"),
            ]),
            control: StreamControl()
        ) { _ in }
        #expect(result.terminations.count == 3)
        #expect(result.terminations.last?.status == .exited(5))
        #expect(!result.terminations[0].isSuccess)
        #expect(StreamFixture.processes(with: mark).isEmpty)
    }

    @Test func `a program that is not there ends those that run already`() async throws {
        let mark = "stream-missing-\(getpid())"
        let executor = try StreamFixture.executor()
        await #expect(throws: ExecutionError.programNotFound("no-such-filter", searched: ["/usr/bin", "/bin"])) {
            _ = try await executor.run(
                StreamPipeline([
                    StreamFixture.bash("sleep 600; : \(mark)"), .filter(program: "no-such-filter", arguments: []),
                ]),
                control: StreamControl()
            ) { _ in }
        }
        #expect(StreamFixture.processes(with: mark).isEmpty)
        #expect(executor.streamLoad.active == 0)
    }

    @Test func `an invalid argument ends those that run already`() async throws {
        let mark = "stream-argument-\(getpid())"
        let executor = try StreamFixture.executor()
        await #expect(throws: ExecutionError.invalidArgument("a\0b")) {
            _ = try await executor.run(
                StreamPipeline([
                    StreamFixture.bash("sleep 600; : \(mark)"), .filter(program: "cat", arguments: ["a\0b"]),
                ]),
                control: StreamControl()
            ) { _ in }
        }
        #expect(StreamFixture.processes(with: mark).isEmpty)
    }

    @Test func `a grandchild that holds the pipe does not hold the stream`() async throws {
        let start = ContinuousClock.now
        let (result, bytes) = try await send("setsid sleep 10 & head -c 200000 /dev/zero; exit 0")
        #expect(result.terminations.map(\.status) == [.exited(0)])
        #expect(bytes.count == 200_000)
        #expect(.now - start < Self.patience)
    }

    @Test func `a grandchild that writes on for ever does not hold the stream`() async throws {
        let (result, _) = try await send("setsid timeout 5 cat /dev/zero & sleep 0.2; exit 0")
        #expect(result.terminations.map(\.status) == [.exited(0)])
        let captured = try await StreamFixture.executor().run(
            StreamPipeline([StreamFixture.bash("setsid timeout 5 cat /dev/zero & sleep 0.2; exit 0")]),
            control: StreamControl()
        ) { _ in }
        #expect(captured.output.count == 65536)
    }

    @Test func `a peer that is gone ends the sender`() async throws {
        let peer = try StreamPeer(.unix, .fromStream)
        let mark = "stream-peer-\(getpid())"
        let started = AsyncStream<Void>.makeStream()
        let sink = StreamSink.descriptor(try peer.end, framing: .none)
        let task = Task {
            try await StreamFixture.executor().run(
                // It writes one byte and then is silent: only a look at the socket tells.
                StreamPipeline([StreamFixture.bash("echo; sleep 600; : \(mark)")], to: sink),
                control: StreamControl()
            ) { _ in started.continuation.yield() }
        }
        for await _ in started.stream { break }
        try peer.reset()
        await #expect(throws: StreamError.sinkFailed(errno: EPIPE)) { try await task.value }
        #expect(StreamFixture.processes(with: mark).isEmpty)
    }

    @Test func `a source that is reset never looks like the end to the receiver`() async throws {
        let folder = try TemporaryFolder()
        let peer = try StreamPeer(.tcp, .toStream)
        let control = StreamControl()
        let source = StreamSource.descriptor(try peer.end)
        let task = Task {
            try await StreamFixture.executor().run(
                StreamPipeline(
                    [StreamFixture.bash("trap 'exit 1' TERM; cat >/dev/null; echo end > \(folder.file("committed"))")],
                    from: source),
                control: control
            ) { _ in }
        }
        peer.give(StreamFixture.bytes(50_000), andEnd: false)
        try await StreamFixture.until { control.bytes == 50_000 }
        try peer.reset()
        await #expect(throws: StreamError.sourceFailed(errno: ECONNRESET)) { try await task.value }
        #expect(folder.names.isEmpty)
    }

    @Test func `a reader that throws never looks like the end to the receiver`() async throws {
        let folder = try TemporaryFolder()
        let count = Mutex(0)
        await #expect(throws: Refused.self) {
            _ = try await StreamFixture.executor().run(
                StreamPipeline(
                    [StreamFixture.bash("cat >/dev/null; echo end > \(folder.file("committed"))")],
                    from: .reader {
                        if count.withLock({
                            $0 += 1; return $0
                        }) > 3 {
                            throw Refused()
                        }
                        return StreamFixture.bytes(1000)[...]
                    }),
                control: StreamControl()
            ) { _ in }
        }
        #expect(folder.names.isEmpty)
    }

    @Test func `a writer that throws ends the sender`() async throws {
        let mark = "stream-writer-\(getpid())"
        await #expect(throws: Refused.self) {
            _ = try await StreamFixture.executor().run(
                StreamPipeline([StreamFixture.bash("cat /dev/zero; : \(mark)")], to: .writer { _ in throw Refused() }),
                control: StreamControl()
            ) { _ in }
        }
        #expect(StreamFixture.processes(with: mark).isEmpty)
    }

    enum Blocked: CaseIterable, Sendable {
        case readingProcess, writingSocket, writingFramed, writingClosure, readingSocket, readingClosure, writingProcess
        case betweenProcesses, ignoringSignal, throttled
    }

    @Test(arguments: Blocked.allCases)
    func `a cancelled stream is over at once, whoever waits`(blocked: Blocked) async throws {
        let mark = "stream-cancel-\(blocked)-\(getpid())"
        let peer = try StreamPeer(.unix, blocked == .readingSocket ? .toStream : .fromStream)
        let executor = try StreamFixture.executor()
        let flood = StreamFixture.bash("cat /dev/zero; : \(mark)")
        let silent = StreamFixture.bash("echo; sleep 600; : \(mark)")
        let control = StreamControl()
        let pipeline: StreamPipeline
        switch blocked {
        case .readingProcess: pipeline = StreamPipeline([silent], to: .descriptor(try peer.end, framing: .none))
        case .writingSocket: pipeline = StreamPipeline([flood], to: .descriptor(try peer.end, framing: .none))
        case .writingFramed: pipeline = StreamPipeline([flood], to: .descriptor(try peer.end, framing: .lengthPrefixed))
        case .writingClosure:
            pipeline = StreamPipeline([flood], to: .writer { _ in try await Task.sleep(for: .seconds(600)) })
        case .readingSocket: pipeline = StreamPipeline([silent], from: .descriptor(try peer.end))
        case .readingClosure:
            pipeline = StreamPipeline(
                [silent],
                from: .reader {
                    try await Task.sleep(for: .seconds(600))
                    return nil
                })
        case .writingProcess: pipeline = StreamPipeline([silent], from: .reader { StreamFixture.bytes(65536)[...] })
        case .betweenProcesses: pipeline = StreamPipeline([flood, silent])
        case .ignoringSignal:
            let deaf = StreamFixture.bash("trap '' TERM; while :; do sleep 1; done; : \(mark)")
            pipeline = StreamPipeline([deaf])
        case .throttled:
            control.bytesPerSecond = 10
            pipeline = StreamPipeline([flood], to: .descriptor(try peer.end, framing: .none))
        }
        let task = Task { try await executor.run(pipeline, control: control) { _ in } }
        try await Task.sleep(for: .milliseconds(400))
        #expect(executor.streamLoad.active == 1)
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(.now - start < Self.patience)
        #expect(StreamFixture.processes(with: mark).isEmpty)
        #expect(executor.streamLoad.active == 0)
    }

    @Test func `what sleeps in its pipe whatever it is told ends with the pipe, long before it is killed`() async throws
    {
        let executor = try StreamFixture.executor { $0.grace = .seconds(60) }
        let giver = try StreamPeer(.unix, .toStream)
        let taker = try StreamPeer(.unix, .fromStream)
        let reader = StreamPipeline(
            [StreamFixture.bash("trap '' TERM; cat >/dev/null")], from: .descriptor(try giver.end))
        let writer = StreamPipeline(
            [StreamFixture.bash("trap '' TERM; yes")], to: .descriptor(try taker.end, framing: .none))
        for pipeline in [reader, writer] {
            let task = Task { try await executor.run(pipeline, control: StreamControl()) { _ in } }
            try await Task.sleep(for: .milliseconds(400))
            let start = ContinuousClock.now
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(.now - start < .seconds(30))
        }
    }

    @Test func `a process that hangs in the kernel is told of as its pool`() async throws {
        let folder = try TemporaryFolder()
        #expect(unsafe mkfifo(folder.file("fifo"), 0o600) == 0)
        // posix_spawn(3) lets its caller sleep uninterruptibly until the new process has opened its descriptors.
        let script = """
            import os
            os.posix_spawn("/bin/true", ["true"], {}, file_actions=[(os.POSIX_SPAWN_OPEN, 0, "\(folder.file("fifo"))", 0, 0)])
            """
        let executor = try StreamFixture.executor { $0.suspendedAfter = .milliseconds(900) }
        let control = StreamControl()
        let peer = try StreamPeer(.unix, .fromStream)
        let sink = StreamSink.descriptor(try peer.end, framing: .none)
        let task = Task {
            try await executor.run(
                StreamPipeline(
                    [StreamFixture.bash("echo; exec python3 -c '\(script)'")],
                    to: sink),
                control: control
            ) { _ in }
        }
        try await StreamFixture.until { control.waitsFor == .pool }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(control.waitsFor == .nobody)
    }
}
