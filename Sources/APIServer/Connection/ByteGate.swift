import NIOCore

/// Stands before the HTTP parser, so that bytes are seen even when they never make up a request.
final class ByteGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: ConnectionGuard

    init(connection: ConnectionGuard) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard connection.admits(byteCount: unwrapInboundIn(data).readableBytes) else { return }
        context.fireChannelRead(data)
    }
}

@available(*, unavailable)
extension ByteGate: Sendable {}
