import AsyncZFSExecutor
import Glibc
import NIOCore
import NIOSSL

/// A connection with TLS: its bytes pass through user space.
///
/// ## Concurrency
/// One task reads at a time, the one that has the connection; the actor orders what it reads. Writes go to the channel's
/// event loop.
actor EncryptedTransferConnection: TransferConnection {
    typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>

    private nonisolated let channel: any Channel
    private nonisolated let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var parts: Inbound.AsyncIterator
    /// What was read and not asked for yet; at most what one read of the channel gave.
    private var held = ByteBuffer()

    init(channel: any Channel, inbound: Inbound, outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) {
        self.channel = channel
        self.outbound = outbound
        parts = inbound.makeAsyncIterator()
    }

    func read(_ count: Int, until deadline: ContinuousClock.Instant) async throws(TransferFault) -> [UInt8] {
        try await withDeadline(deadline) {
            while self.held.readableBytes < count {
                guard var piece = try await self.nextPiece() else { throw TransferFault.ended }
                self.held.writeBuffer(&piece)
            }
            return self.held.readBytes(length: count) ?? []
        }
    }

    func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) async throws(TransferFault) {
        try await withDeadline(deadline) { try await self.outbound.write(ByteBuffer(bytes: bytes)) }
    }

    nonisolated func sink(_ framing: StreamFraming) -> StreamSink {
        .writer { [outbound] piece in
            guard framing == .lengthPrefixed else { return try await outbound.write(ByteBuffer(bytes: piece)) }
            var chunk = ByteBuffer()
            chunk.reserveCapacity(8 + piece.count)
            chunk.writeInteger(UInt64(piece.count))
            chunk.writeBytes(piece)
            try await outbound.write(chunk)
        }
    }

    nonisolated var source: StreamSource {
        .reader { try await self.next() }
    }

    func waitUntilGone() async -> Bool {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        channel.closeFuture.whenComplete { _ in end.yield() }
        for await _ in ends { return true }
        return false
    }

    /// Says that nothing more comes (close_notify).
    nonisolated func endOutput() { outbound.finish() }

    func finish(until deadline: ContinuousClock.Instant) async {
        endOutput()
        _ = try? await withDeadline(deadline) {
            while try await self.nextPiece() != nil {}
        }
    }

    func reset() async {
        let options = channel as? any SocketOptionProvider
        try? await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try? await channel.close()
    }

    private func nextPiece() async throws -> ByteBuffer? {
        var parts = parts
        defer { self.parts = parts }
        return try await parts.next(isolation: self)
    }

    private func next() async throws -> ArraySlice<UInt8>? {
        if held.readableBytes > 0 {
            defer { held.clear() }
            return Array(held.readableBytesView)[...]
        }
        guard let piece = try await nextPiece() else { return nil }
        return Array(piece.readableBytesView)[...]
    }

    /// Closes the connection at the deadline, which ends whatever waits for it.
    private func withDeadline<Value: Sendable>(
        _ deadline: ContinuousClock.Instant, _ body: () async throws -> Value
    ) async throws(TransferFault) -> Value {
        let (seconds, attoseconds) = (deadline - .now).components
        let delay = TimeAmount.seconds(max(0, seconds)) + .nanoseconds(max(0, attoseconds / 1_000_000_000))
        let close = channel.eventLoop.scheduleTask(in: delay) { [channel] in channel.close(promise: nil) }
        defer { close.cancel() }
        do {
            return try await body()
        } catch let fault as TransferFault {
            throw ContinuousClock.now >= deadline ? .late : fault
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw ContinuousClock.now >= deadline ? .late : .broken
        }
    }
}
