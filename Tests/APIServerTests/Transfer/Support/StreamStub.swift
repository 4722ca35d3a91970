import AsyncZFSExecutor
import TestSupport

@testable import APIServer

/// Moves bytes into sinks and out of sources, in place of the processes.
enum StreamStub {
    private static let pattern = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &* 7) }

    /// Some bytes that repeat only after a prime number of them.
    static func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count + pattern.count <= count { bytes += pattern }
        return bytes + pattern.prefix(count - bytes.count)
    }

    /// Writes a piece, as the pump does: whole chunks only.
    static func write(_ bytes: ArraySlice<UInt8>, to sink: StreamSink) async throws {
        switch sink {
        case .writer(let write):
            try await write(bytes)
        case .descriptor(let socket, let framing):
            let mark = framing == .lengthPrefixed ? TransferMessage.bytes(UInt64(bytes.count)) : []
            var rest = (mark + bytes)[...]
            while !rest.isEmpty {
                switch socket.send(rest) {
                case .moved(let count): rest = rest.dropFirst(count)
                case .wouldBlock: try await Task.sleep(for: .milliseconds(1))
                case .end, .failed: throw StreamError.sinkFailed(errno: 32)
                }
            }
        }
    }

    /// The next bytes of a source, nil at its end.
    static func read(from source: StreamSource) async throws -> ArraySlice<UInt8>? {
        switch source {
        case .reader(let read): return try await read()
        case .body: throw StreamError.sourceInvalid
        case .descriptor(let socket):
            while true {
                var bytes: [UInt8] = []
                switch socket.receive(64 << 10, into: &bytes) {
                case .moved: return bytes[...]
                case .wouldBlock: try await Task.sleep(for: .milliseconds(1))
                case .end: return nil
                case .failed(let errno): throw StreamError.sourceFailed(errno: errno)
                }
            }
        }
    }

    /// Sends bytes in pieces.
    static func sender(_ bytes: [UInt8], piece: Int = 100_000, failing error: (any Error)? = nil) -> StubReplicator {
        StubReplicator(send: sending(bytes, piece: piece, failing: error))
    }

    /// Sends bytes, and gives the bytes that came; both fail with the error if there is one, the latter early.
    static func both(
        sending bytes: [UInt8], failing error: (any Error)? = nil, _ onBytes: @escaping @Sendable ([UInt8]) -> Void
    ) -> StubReplicator {
        StubReplicator(
            send: sending(bytes, piece: 100_000, failing: error),
            receive: receiving(onBytes, failing: error, after: error == nil ? .max : 1))
    }

    private static func sending(
        _ bytes: [UInt8], piece: Int, failing error: (any Error)?
    ) -> StubReplicator.Sending {
        { _, sink, _, onStart in
            if !bytes.isEmpty { try await onStart(["send", "-L", "tank/a@s"]) }
            for start in stride(from: 0, to: bytes.count, by: piece) {
                try await write(bytes[start..<min(start + piece, bytes.count)], to: sink)
            }
            if let error { throw error }
            return UInt64(bytes.count)
        }
    }

    /// Receives to the end and gives what came.
    static func receiver(
        _ onBytes: @escaping @Sendable ([UInt8]) -> Void, failing error: (any Error)? = nil, after limit: Int = .max
    ) -> StubReplicator {
        StubReplicator(receive: receiving(onBytes, failing: error, after: limit))
    }

    private static func receiving(
        _ onBytes: @escaping @Sendable ([UInt8]) -> Void, failing error: (any Error)?, after limit: Int
    ) -> StubReplicator.Receiving {
        { _, source, _, onStart in
            try await onStart(["receive", "-s", "tank/b"])
            var bytes: [UInt8] = []
            while bytes.count < limit, let piece = try await read(from: source) { bytes += piece }
            onBytes(bytes)
            if let error { throw error }
            return UInt64(bytes.count)
        }
    }
}
