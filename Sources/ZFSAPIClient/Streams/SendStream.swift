internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix

/// A stream of a snapshot, in pieces.
///
/// It ends without an error when it is whole, and only then. It can be read once.
public struct SendStream: AsyncSequence, Sendable {
    /// A piece.
    public typealias Element = [UInt8]
    /// Every failure is one of the client.
    public typealias Failure = ClientError

    let body: HTTPClientResponse.Body
    let address: ServiceAddress

    /// Begins to read.
    public func makeAsyncIterator() -> Iterator { Iterator(body: body.makeAsyncIterator()) }

    /// Reads.
    ///
    /// The connection, and so the `zfs` of the daemon, ends with it.
    public struct Iterator: AsyncIteratorProtocol {
        var body: HTTPClientResponse.Body.AsyncIterator

        /// The next piece.
        /// - Returns: Bytes; nil when the stream is whole.
        /// - Throws: `ClientError` of the kind `streamCut` when it broke off.
        public mutating func next() async throws(ClientError) -> [UInt8]? {
            try await nextBuffer().map { Array($0.readableBytesView) }
        }

        /// The same, for any actor.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ClientError) -> [UInt8]? {
            try await next()
        }

        mutating func nextBuffer() async throws(ClientError) -> ByteBuffer? {
            do {
                return try await body.next(isolation: #isolation)
            } catch is CancellationError {
                throw ClientError(.cancelled, "the transfer was cancelled", reason: "cancelled")
            } catch {
                throw StreamMover.cut
            }
        }
    }

    /// Writes all of it to a descriptor.
    func write(to descriptor: Int32, counting counter: ByteCounter) async throws(ClientError) {
        var iterator = makeAsyncIterator()
        // Few large writes instead of many small ones.
        var waiting = ByteBuffer()
        while let piece = try await iterator.nextBuffer() {
            waiting.writeImmutableBuffer(piece)
            if waiting.readableBytes >= 256 << 10 {
                try await DescriptorPieces.write(&waiting, to: descriptor, counting: counter)
            }
        }
        try await DescriptorPieces.write(&waiting, to: descriptor, counting: counter)
    }
}
