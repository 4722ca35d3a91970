import NIOCore
import NIOPosix

/// A TCP server on a port of 127.0.0.1 that greets like Redis and then answers each command with the same bytes.
enum FaultyServer {
    /// Runs `body` with the port of a server.
    ///
    /// - Parameters:
    ///   - answer: The answer to whatever comes after the greeting.
    ///   - closes: Whether the connection is closed after the answer.
    static func with<Result: Sendable>(
        answer: [UInt8], closes: Bool = false, body: (Int) async throws -> Result
    ) async throws -> Result {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answers(answer: answer, closes: closes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(channel.localAddress?.port ?? 0)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    private final class Answers: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: [UInt8]
        private let closes: Bool
        private var hasGreeted = false

        init(answer: [UInt8], closes: Bool) {
            self.answer = answer
            self.closes = closes
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard hasGreeted else {
                hasGreeted = true
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "+PONG\r\n")), promise: nil)
                return
            }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil)
            if closes { context.close(promise: nil) }
        }
    }
}
