import AsyncZFSExecutor
import Glibc
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(2))) struct MessageBodyTests {
    private static let kinds: [StreamPeer.Kind] = [.unix, .tcpNonblocking]

    /// Runs what a client sends, of which some bytes were read before, into a file.
    private static func received(
        _ sent: [UInt8], read: Int = 0, length: UInt64?, over kind: StreamPeer.Kind, limit: UInt64? = nil
    ) async throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let peer = try StreamPeer(kind, .toStream)
        peer.give(Array(sent.dropFirst(read)))
        let body = MessageBody(socket: try peer.end, begun: Array(sent.prefix(read)), length: length)
        let pipeline = StreamPipeline(
            [StreamFixture.bash("cat > \(folder.file("output")); echo done")], from: .body(body))
        let control = StreamControl(byteLimit: limit)
        let result = try await StreamFixture.executor().run(pipeline, control: control) { _ in }
        #expect(result.output == Array("done\n".utf8))
        let contents = try StreamFixture.contents(of: folder.file("output"))
        #expect(control.bytes == UInt64(contents.count))
        return contents
    }

    private static func chunked(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
        var all: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let piece = bytes[start..<min(start + size, bytes.count)]
            all += Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + Array("\r\n".utf8)
        }
        return all + Array("0\r\n\r\n".utf8)
    }

    @Test(arguments: kinds, [0, 1, 40, 100_000])
    func `a body comes as it is, wherever its head was read to`(kind: StreamPeer.Kind, read: Int) async throws {
        let bytes = StreamFixture.bytes(3 << 20 | 4711)
        let length = UInt64(bytes.count)
        #expect(try await Self.received(bytes + [1, 2, 3], read: read, length: length, over: kind) == bytes)
        for size in [1000, 65536, 1 << 21] {
            let body = Self.chunked(bytes, size) + Array("GET /".utf8)
            #expect(try await Self.received(body, read: read, length: nil, over: kind) == bytes)
        }
        #expect(try await Self.received([], length: 0, over: kind) == [])
    }

    @Test(arguments: kinds)
    func `a body that ends early never looks like an end`(kind: StreamPeer.Kind) async throws {
        let bytes = StreamFixture.bytes(100_000)
        let chunks = Self.chunked(bytes, 1000)
        let cases: [([UInt8], UInt64?)] = [(bytes, 100_001), (chunks.dropLast(1), nil), (chunks.dropLast(9), nil)]
        for (sent, length) in cases {
            await #expect(throws: StreamError.sourceEnded) {
                _ = try await Self.received(sent, read: 10, length: length, over: kind)
            }
        }
        await #expect(throws: StreamError.sourceInvalid) {
            _ = try await Self.received(chunks.dropLast(5) + Array("nosize\r\n".utf8), length: nil, over: kind)
        }
    }

    @Test(arguments: kinds)
    func `a limit holds for the content alone`(kind: StreamPeer.Kind) async throws {
        let bytes = StreamFixture.bytes(100_000)
        #expect(try await Self.received(Self.chunked(bytes, 100), length: nil, over: kind, limit: 100_000) == bytes)
        await #expect(throws: StreamError.tooLong(limit: 99_999)) {
            _ = try await Self.received(bytes, length: 100_000, over: kind, limit: 99_999)
        }
    }
}
