import AsyncZFSExecutor
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct StreamLimitTests {
    private static let forever = StreamFixture.bash("exec cat /dev/zero")

    @Test(arguments: [StreamFraming.none, .lengthPrefixed, .chunked])
    func `a sink gets exactly as many bytes as it may`(framing: StreamFraming) async throws {
        let peer = try StreamPeer(.unix, .fromStream)
        peer.collect()
        let control = StreamControl(byteLimit: 3_000_001)
        let sink = StreamSink.descriptor(try peer.end, framing: framing)
        await #expect(throws: StreamError.tooLong(limit: 3_000_001)) {
            _ = try await StreamFixture.executor().run(StreamPipeline([Self.forever], to: sink), control: control) {
                _ in
            }
        }
        shutdown(try peer.end.number, Int32(SHUT_WR))
        let payload = try StreamFixture.unframed(try await peer.bytes(), framing)
        #expect(payload.count == 3_000_001)
        #expect(control.bytes == 3_000_001)
        #expect(control.isBetweenChunks)
    }

    @Test func `a stream of just the limit is whole`() async throws {
        let bytes = StreamFixture.bytes(1_500_000)
        let folder = try TemporaryFolder()
        let file = try StreamFixture.file(bytes, in: folder)
        for sink in [
            StreamSink.writer { _ in }, .descriptor(try StreamFixture.open("/dev/null", O_WRONLY), framing: .none),
        ] {
            let control = StreamControl(byteLimit: 1_500_000)
            _ = try await StreamFixture.executor().run(
                StreamPipeline([.filter(program: "cat", arguments: [file])], to: sink), control: control
            ) { _ in }
            #expect(control.bytes == 1_500_000)
        }
        let control = StreamControl(byteLimit: 1_500_000)
        let result = try await StreamFixture.executor().run(
            StreamPipeline([StreamFixture.bash("wc -c")], from: .descriptor(try StreamFixture.open(file, O_RDONLY))),
            control: control
        ) { _ in }
        #expect(result.output == Array("1500000\n".utf8))
    }

    @Test func `a source gives exactly as many bytes as it may, and no end`() async throws {
        let folder = try TemporaryFolder()
        let receive = StreamFixture.bash("cat; echo end > \(folder.file("committed"))")
        for source in [
            StreamSource.reader { StreamFixture.bytes(70_000)[...] },
            .descriptor(try StreamFixture.open("/dev/zero", O_RDONLY)),
        ] {
            let count = Mutex(0)
            let control = StreamControl(byteLimit: 1_000_003)
            await #expect(throws: StreamError.tooLong(limit: 1_000_003)) {
                _ = try await StreamFixture.executor().run(
                    StreamPipeline([receive], from: source), control: control
                ) { _ in }
            }
            #expect(control.bytes == 1_000_003)
            #expect(count.withLock { $0 } == 0)
        }
        #expect(folder.names.isEmpty)
    }

    @Test func `a writer gets exactly as many bytes as it may`() async throws {
        let count = Mutex(0)
        await #expect(throws: StreamError.tooLong(limit: 700_001)) {
            _ = try await StreamFixture.executor().run(
                StreamPipeline([Self.forever], to: .writer { piece in count.withLock { $0 += piece.count } }),
                control: StreamControl(byteLimit: 700_001)
            ) { _ in }
        }
        #expect(count.withLock { $0 } == 700_001)
    }

    @Test func `the rate holds, and a new one holds soon`() async throws {
        let control = StreamControl(bytesPerSecond: 2_000_000)
        let sink = StreamSink.descriptor(try StreamFixture.open("/dev/null", O_WRONLY), framing: .none)
        let executor = try StreamFixture.executor()
        let task = Task { try await executor.run(StreamPipeline([Self.forever], to: sink), control: control) { _ in } }
        try await StreamFixture.until { control.bytes > 0 }
        let slow = try await rate(control)
        #expect(slow > 1_200_000 && slow < 2_600_000)
        #expect(control.waitsFor == .throttle || control.waitsFor == .nobody)
        control.bytesPerSecond = 20_000_000
        try await Task.sleep(for: .milliseconds(150))
        let fast = try await rate(control)
        #expect(fast > 10_000_000 && fast < 26_000_000)
        control.bytesPerSecond = 0
        try await Task.sleep(for: .milliseconds(150))
        #expect(try await rate(control) > 50_000_000)
        task.cancel()
        _ = await task.result
    }

    private func rate(_ control: StreamControl) async throws -> Double {
        let (start, before) = (ContinuousClock.now, control.bytes)
        try await Task.sleep(for: .milliseconds(800))
        return Double(control.bytes - before) / ((.now - start) / .seconds(1))
    }

    @Test func `a stream without a byte is stopped, and says who it waited for`() async throws {
        let executor = try StreamFixture.executor { $0.streamStall = .milliseconds(400) }
        let peer = try StreamPeer(.unix, .fromStream)
        let sink = StreamSink.descriptor(try peer.end, framing: .none)
        let silent = StreamFixture.bash("echo; sleep 600")
        await #expect(throws: StreamError.stalled(.sender, seconds: 0.4)) {
            _ = try await executor.run(StreamPipeline([silent], to: sink), control: StreamControl()) { _ in }
        }
        await #expect(throws: StreamError.stalled(.network, seconds: 0.4)) {
            _ = try await executor.run(StreamPipeline([Self.forever], to: sink), control: StreamControl()) { _ in }
        }
        await #expect(throws: StreamError.stalled(.network, seconds: 0.4)) {
            _ = try await executor.run(
                StreamPipeline([silent], from: .descriptor(try peer.end)), control: StreamControl()
            ) { _ in }
        }
        await #expect(throws: StreamError.stalled(.receiver, seconds: 0.4)) {
            _ = try await executor.run(
                StreamPipeline([silent], from: .reader { StreamFixture.bytes(65536)[...] }), control: StreamControl()
            ) { _ in }
        }
        #expect(executor.streamLoad.stalls == 4)
    }

    @Test func `a slow rate is no stall`() async throws {
        let executor = try StreamFixture.executor { $0.streamStall = .milliseconds(200) }
        let sink = StreamSink.descriptor(try StreamFixture.open("/dev/null", O_WRONLY), framing: .none)
        // One byte a second.
        let control = StreamControl(bytesPerSecond: 1)
        let result = try await executor.run(
            StreamPipeline([StreamFixture.bash("echo")], to: sink), control: control
        ) { _ in }
        #expect(result.terminations.map(\.status) == [.exited(0)])
        #expect(control.bytes == 1)
    }

    @Test func `more streams than may run are refused, and commands still run`() async throws {
        let executor = try StreamFixture.executor {
            $0.streams = 2
            $0.processes = 1
        }
        let sleep = StreamPipeline([StreamFixture.bash("sleep 600")])
        let tasks = (0..<2).map { _ in Task { try await executor.run(sleep, control: StreamControl()) { _ in } } }
        try await StreamFixture.until { executor.streamLoad.active == 2 && executor.streamLoad.smallestPipe == 1 << 20 }
        await #expect(throws: StreamError.tooMany(limit: 2)) {
            _ = try await executor.run(sleep, control: StreamControl()) { _ in }
        }
        #expect(executor.load.running == 0)
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
        #expect(executor.streamLoad.active == 0)
        #expect(executor.streamLoad.smallestPipe == 0)
    }
}
