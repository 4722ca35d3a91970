import NIOCore

/// Stands before the HTTP parser, so that bytes are seen even when they never make up a request.
///
/// The parser makes requests of all bytes it gets, and one packet can hold thousands of them. Bytes go on in small
/// pieces, and stay here while enough requests wait for their answers; meanwhile nothing more is read.
final class ByteGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Never

    /// The most bytes that wait here.
    ///
    /// One turn of reading brings at most 64 KiB. Only at the end of a client's input is all read that the kernel holds,
    /// which can be tens of megabytes; no client has that many requests and wants their answers.
    private static let heldBytes = 128 << 10

    private let connection: ConnectionGuard
    private var held = ByteBuffer()
    private var holdsRead = false
    private var holdsEnd = false

    init(connection: ConnectionGuard) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let gate = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        connection.onRoom = {
            // Not from within the write that made room: the parser must not be entered while it is left.
            loop.execute {
                let (gate, context) = gate.value
                gate.release(context: context)
            }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connection.onRoom = nil
        held = ByteBuffer()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard connection.admits(byteCount: buffer.readableBytes) else { return }
        if held.readableBytes == 0 {
            held = buffer
        } else {
            held.writeBuffer(&buffer)
        }
        feed(context: context)
        if held.readableBytes > Self.heldBytes { context.close(promise: nil) }
    }

    func read(context: ChannelHandlerContext) {
        if connection.dropsInput { held.clear() }
        if held.readableBytes > 0 {
            holdsRead = true
        } else {
            context.read()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event, held.readableBytes > 0 {
            holdsEnd = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func feed(context: ChannelHandlerContext) {
        while held.readableBytes > 0 {
            guard !connection.dropsInput else {
                held = ByteBuffer()
                return
            }
            guard let count = connection.appetite else { return }
            guard let slice = held.readSlice(length: min(count, held.readableBytes)) else { return }
            connection.begins()
            context.fireChannelRead(wrapInboundOut(slice))
        }
        // The storage may be shared with slices that wait; a new buffer costs nothing.
        held = ByteBuffer()
    }

    private func release(context: ChannelHandlerContext) {
        guard held.readableBytes > 0 else { return }
        feed(context: context)
        context.fireChannelReadComplete()
        guard held.readableBytes == 0 else { return }
        if holdsEnd {
            holdsEnd = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if holdsRead {
            holdsRead = false
            context.read()
        }
    }
}

@available(*, unavailable)
extension ByteGate: Sendable {}
