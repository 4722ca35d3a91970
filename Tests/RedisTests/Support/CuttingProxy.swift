import NIOCore
import NIOPosix
import Synchronization

/// A TCP proxy that forwards everything until it is told to throw the next reply away and cut the connection.
final class CuttingProxy: Sendable {
    private let cutsNextReply = Mutex(false)

    /// Runs `body` with a proxy to `port` and the proxy's own port.
    static func with<Result: Sendable>(
        to port: Int, body: (CuttingProxy, Int) async throws -> Result
    ) async throws -> Result {
        let proxy = CuttingProxy()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in proxy.connect(channel, to: port) }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(proxy, listener.localAddress?.port ?? 0)
            try await listener.close()
            return result
        } catch {
            try? await listener.close()
            throw error
        }
    }

    /// The next reply is lost, and its connection with it.
    func loseNextReply() {
        cutsNextReply.withLock { $0 = true }
    }

    private func connect(_ client: any Channel, to port: Int) -> EventLoopFuture<Void> {
        ClientBootstrap(group: client.eventLoop)
            .channelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    let replies = Forwarder(to: client) { [self] in
                        cutsNextReply.withLock { cuts in
                            defer { cuts = false }
                            return cuts
                        }
                    }
                    try server.pipeline.syncOperations.addHandler(replies)
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .flatMapThrowing { server in
                try client.pipeline.syncOperations.addHandler(Forwarder(to: server) { false })
            }
            .flatMap { client.setOption(.autoRead, value: true) }
    }

    private final class Forwarder: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let peer: any Channel
        private let cuts: () -> Bool

        init(to peer: any Channel, cuts: @escaping () -> Bool) {
            self.peer = peer
            self.cuts = cuts
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if cuts() {
                context.close(promise: nil)
            } else {
                peer.writeAndFlush(unwrapInboundIn(data), promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            peer.close(promise: nil)
        }
    }
}
