import AsyncZFSExecutor
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct StreamBytesTests {
    struct Way: Sendable, CustomTestStringConvertible {
        let kind: StreamPeer.Kind
        let framing: StreamFraming
        let size: Int
        var testDescription: String { "\(kind) \(framing) \(size)" }

        static let sinks = StreamPeer.Kind.allCases.flatMap { kind in
            [StreamFraming.none, .lengthPrefixed, .chunked].flatMap { framing in
                [0, 1, 5 << 20 | 12345].map { Way(kind: kind, framing: framing, size: $0) }
            }
        }
        static let sources = StreamPeer.Kind.allCases.filter { $0 != .pipe }.flatMap { kind in
            [0, 1, 5 << 20 | 12345].map { Way(kind: kind, framing: .none, size: $0) }
        }
    }

    @Test(arguments: Way.sinks)
    func `what a process writes comes out of a sink as it is`(way: Way) async throws {
        let folder = try TemporaryFolder()
        let bytes = StreamFixture.bytes(way.size)
        let file = try StreamFixture.file(bytes, in: folder)
        let control = StreamControl()
        let starts = Mutex(0)
        let peer = try StreamPeer(way.kind, .fromStream)
        peer.collect()
        let flags = fcntl(try peer.end.number, F_GETFL)
        let result = try await StreamFixture.executor().run(
            StreamPipeline(
                [.filter(program: "cat", arguments: [file])], to: .descriptor(try peer.end, framing: way.framing)),
            control: control
        ) { _ in
            starts.withLock { $0 += 1 }
        }
        #expect(result.terminations.map(\.status) == [.exited(0)])
        #expect(fcntl(try peer.end.number, F_GETFL) == flags)
        peer.closeEnd()
        let came = try await peer.bytes()
        #expect(try StreamFixture.unframed(came, way.framing) == bytes)
        #expect(control.bytes == UInt64(way.size))
        #expect(control.pipeBytes == 1 << 20)
        #expect(control.isBetweenChunks)
        #expect(starts.withLock { $0 } == (way.size == 0 ? 0 : 1))
    }

    @Test(arguments: Way.sources)
    func `what a source gives comes to a process as it is`(way: Way) async throws {
        let folder = try TemporaryFolder()
        let bytes = StreamFixture.bytes(way.size)
        let control = StreamControl()
        let peer = try StreamPeer(way.kind, .toStream)
        peer.give(bytes)
        let pipeline = StreamPipeline(
            [StreamFixture.bash("cat > \(folder.file("output")); echo done")], from: .descriptor(try peer.end))
        let result = try await StreamFixture.executor().run(pipeline, control: control) { _ in }
        #expect(result.output == Array("done\n".utf8))
        #expect(try StreamFixture.contents(of: folder.file("output")) == bytes)
        #expect(control.bytes == UInt64(way.size))
    }

    @Test(arguments: [0, 1, 5 << 20 | 12345])
    func `files at both ends, with processes between`(size: Int) async throws {
        let folder = try TemporaryFolder()
        let bytes = StreamFixture.bytes(size)
        let input = try StreamFixture.open(StreamFixture.file(bytes, in: folder), O_RDONLY)
        let output = try StreamFixture.open(folder.file("output"), O_WRONLY | O_CREAT)
        let gzip = StreamStage.filter(program: "gzip", arguments: ["-1c"])
        let gunzip = StreamStage.filter(program: "gzip", arguments: ["-dc"])
        let pipeline = StreamPipeline(
            [gzip, gunzip], from: .descriptor(input), to: .descriptor(output, framing: .none))
        let result = try await StreamFixture.executor().run(pipeline, control: StreamControl()) { _ in }
        #expect(result.terminations.allSatisfy { $0.isSuccess })
        #expect(try StreamFixture.contents(of: folder.file("output")) == bytes)
    }

    @Test func `a file that is open for appending gets its bytes too`() async throws {
        let folder = try TemporaryFolder()
        let bytes = StreamFixture.bytes(3 << 20 | 77)
        let file = try StreamFixture.file(bytes, in: folder)
        for framing in [StreamFraming.none, .lengthPrefixed] {
            folder.remove("output")
            let output = try StreamFixture.open(folder.file("output"), O_WRONLY | O_CREAT | O_APPEND)
            let pipeline = StreamPipeline(
                [.filter(program: "cat", arguments: [file])], to: .descriptor(output, framing: framing))
            _ = try await StreamFixture.executor().run(pipeline, control: StreamControl()) { _ in }
            let written = try StreamFixture.contents(of: folder.file("output"))
            #expect(try StreamFixture.unframed(written, framing) == bytes)
        }
    }

    @Test(arguments: [0, 1, 5 << 20 | 12345])
    func `closures at both ends`(size: Int) async throws {
        let bytes = StreamFixture.bytes(size)
        let position = Mutex(0)
        let got = Mutex<[UInt8]>([])
        let largest = Mutex(0)
        let source = StreamSource.reader {
            position.withLock { position in
                guard position < bytes.count else { return nil }
                let piece = bytes[position..<min(position + 70_000, bytes.count)]
                position = piece.endIndex
                return piece
            }
        }
        let sink = StreamSink.writer { piece in
            got.withLock { $0 += piece }
            largest.withLock { $0 = max($0, piece.count) }
        }
        let pipeline = StreamPipeline([.filter(program: "cat", arguments: [])], from: source, to: sink)
        let control = StreamControl()
        _ = try await StreamFixture.executor().run(pipeline, control: control) { _ in }
        #expect(got.withLock { $0 } == bytes)
        #expect(control.bytes == UInt64(size))
        #expect(largest.withLock { $0 } <= 256 << 10)
    }

    @Test func `without a sink at most 64 KiB of output are kept`() async throws {
        let pipeline = StreamPipeline([StreamFixture.bash("head -c 3000000 /dev/zero")])
        let result = try await StreamFixture.executor().run(pipeline, control: StreamControl()) { _ in }
        #expect(result.output == [UInt8](repeating: 0, count: 65536))
        #expect(result.terminations.map(\.status) == [.exited(0)])
    }
}
