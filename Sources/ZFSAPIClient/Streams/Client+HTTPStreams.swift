internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

extension Client {
    private static let startTimeout = Duration.seconds(120)

    /// A stream of a snapshot, over HTTP.
    /// - Parameters:
    ///   - dataset: The file system or volume.
    ///   - snapshot: The short name.
    ///   - options: What the stream holds.
    /// - Returns: Its pieces.
    /// - Throws: `ClientError` when the daemon refuses.
    public func stream(
        _ dataset: String, _ snapshot: String, _ options: SendOptions = SendOptions()
    ) async throws(ClientError) -> SendStream {
        let made = try await streamInit(
            operation: "send", dataset: dataset, snapshot: snapshot, fromSnapshot: options.fromSnapshot,
            raw: options.isRaw, nativeCompressed: options.isCompressed, recursive: options.isRecursive,
            resumeToken: options.resumeToken)
        let request = try await request(.GET, "/stream/\(made.streamID)")
        let head = try await head(of: request, timeout: Self.startTimeout, by: streaming)
        guard head.status == .ok else { throw try await refusal(of: head) }
        return SendStream(body: head.body, address: address)
    }

    /// Gives the daemon a stream over HTTP, piece by piece, which becomes a dataset or is added to it.
    /// - Parameters:
    ///   - pieces: The stream. When it throws, nothing is received, and the error comes through.
    ///   - dataset: The file system or volume.
    ///   - force: Roll the dataset back to its newest snapshot first, or replace it (`-F`). The API has `true` here.
    ///   - resumable: Keep what came when it breaks off (`-s`); `resumeToken` of the error then goes on.
    /// - Returns: What the daemon received.
    /// - Throws: `ClientError`, of the kind `streamCut` when the daemon did not say how it went.
    public func receive<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, into dataset: String, force: Bool = false, resumable: Bool = false
    ) async throws(ClientError) -> ReceivedStream where Pieces.Element == [UInt8] {
        let made = try await streamInit(operation: "receive", dataset: dataset, force: force, resumable: resumable)
        let source = WatchedPieces(pieces: pieces)
        var request = try await request(.POST, "/stream/\(made.streamID)")
        request.body = .stream(source, length: .unknown)
        do throws(ClientError) {
            let head = try await head(of: request, timeout: nil, by: streaming)
            let answer = try decoded(try await body(of: head), of: head, as: StreamAnswer.self)
            return ReceivedStream(bytes: answer.bytesReceived, snapshots: answer.snapshots, duration: answer.duration)
        } catch {
            if let failure = source.failure.error { throw failure }
            throw error.reason == "connection_lost" ? Self.unanswered : error
        }
    }
}

/// What the daemon answers to a stream.
private struct StreamAnswer: Decodable {
    let bytesReceived: Int
    let snapshots: [String]
    let duration: Double

    private enum CodingKeys: String, CodingKey {
        case snapshots, duration
        case bytesReceived = "bytes_received"
    }
}

/// Pieces whose failure is remembered, for the HTTP client only tells that the request has ended.
private struct WatchedPieces<Pieces: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Pieces.Element == [UInt8] {
    /// ## Concurrency
    /// The upload writes it once; it is read when the request has ended.
    final class Record: Sendable {
        private let kept = Mutex<ClientError?>(nil)

        var error: ClientError? { kept.withLock { $0 } }

        func keep(_ error: any Error) {
            let error =
                error as? ClientError
                ?? ClientError(.streamCut, "the stream can not be read: \(error)", reason: "input_failed")
            kept.withLock { $0 = $0 ?? error }
        }
    }

    typealias Element = ByteBuffer

    let pieces: Pieces
    let failure = Record()

    func makeAsyncIterator() -> Iterator { Iterator(pieces: pieces.makeAsyncIterator(), failure: failure) }

    struct Iterator: AsyncIteratorProtocol {
        var pieces: Pieces.AsyncIterator
        let failure: WatchedPieces.Record

        mutating func next() async throws -> ByteBuffer? {
            do {
                return try await pieces.next(isolation: #isolation).map { ByteBuffer(bytes: $0) }
            } catch {
                failure.keep(error)
                throw error
            }
        }
    }
}
