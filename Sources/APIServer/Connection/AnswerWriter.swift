import NIOCore
import NIOHTTP1

/// Writes answers to one connection, never faster than the client reads.
struct AnswerWriter: Sendable {
    let writer: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    let channel: any Channel
    let poller: SocketPoller

    /// Takes the connection away from its channel, once what was written has gone out, and before the body of the request
    /// was read; nil when the body must be read from the channel.
    func takeConnection() async throws -> (connection: PlainTransferConnection, begun: [UInt8])? {
        let promise = channel.eventLoop.makePromise(of: SocketTakeover.Taken?.self)
        do {
            try await channel.triggerUserOutboundEvent(SocketTakeover(promise: promise)).get()
        } catch {
            promise.succeed(nil)
            throw error
        }
        return try await promise.futureResult.get().map { taken in
            (PlainTransferConnection(socket: taken.socket, poller: poller), taken.begun)
        }
    }

    /// Writes one part.
    func write(_ part: HTTPServerResponsePart) async throws {
        try await writer.write(part)
    }

    /// Writes parts, and returns when there is room for more.
    ///
    /// A call that is cancelled has an answer too, which says so; `NIOAsyncChannel` drops what a cancelled task writes. Such
    /// an answer goes out when it is whole, and nothing waits for its client.
    func write(contentsOf parts: [HTTPServerResponsePart]) async throws {
        guard Task.isCancelled, case .head = parts.first, case .end = parts.last else {
            try await writer.write(contentsOf: parts)
            return
        }
        try await channel.eventLoop.submit { [channel] in
            for part in parts { channel.write(part, promise: nil) }
            channel.flush()
        }.get()
    }
}
