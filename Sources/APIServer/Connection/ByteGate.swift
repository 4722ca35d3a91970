import AsyncZFSExecutor
import NIOCore
import NIOPosix

/// Stands before the HTTP parser, so that bytes are seen even when they never make up a request.
///
/// The parser makes requests of all bytes it gets, and one packet can hold thousands of them. Bytes go on one request at a
/// time: the first of a read at once, those behind it when it is their turn (``PipelineTurns``). They stay here until then,
/// and meanwhile nothing more is read. A call whose body is not there yet stays too (``BegunRequest``), and can go on without
/// the channel.
final class ByteGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The most bytes that wait here.
    ///
    /// One turn of reading brings at most 64 KiB. Only at the end of a client's input is all read that the kernel holds,
    /// which can be tens of megabytes; no client has that many requests and wants their answers.
    private static let heldBytes = 128 << 10
    /// The same while the body of a stream waits for its socket to be taken: more than the kernel has for one connection.
    private static let heldBodyBytes = 64 << 20

    private static let blankLine: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]

    private let connection: ConnectionGuard
    private let turns: PipelineTurns
    private let peer: Peer
    private let parked: ParkedConnections
    private var context: ChannelHandlerContext?
    private var held: ByteBuffer
    /// What the parser has of a head that is not whole; nil when that is not known.
    private var head: ByteBuffer? = ByteBuffer()
    private var holdsRead = false
    private var holdsEnd = false
    private var isInputClosed = false
    private var waitsForTurn = false
    /// Requests that began in a turn and whose answers have not ended, and the last such turn.
    private var requestsInTurns = 0
    private var lastTurn = 0

    /// - Parameter begun: What came of the first request before the channel was there.
    init(
        connection: ConnectionGuard, turns: PipelineTurns, peer: Peer, parked: ParkedConnections, begun: [UInt8]
    ) {
        self.connection = connection
        self.turns = turns
        self.peer = peer
        self.parked = parked
        held = ByteBuffer(bytes: begun)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        connection.onRoom = { [weak self] in self?.answerEnded() }
        connection.onCrowd = { [weak self] in self?.park() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connection.onRoom = nil
        held = ByteBuffer()
        self.context = nil
        while requestsInTurns > 0 { endTurn() }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        guard held.readableBytes > 0 else { return }
        feed(context: context, begins: true)
        context.fireChannelReadComplete()
        goOn(context: context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard connection.admits(byteCount: buffer.readableBytes) else { return }
        let isFirst = held.readableBytes == 0 || connection.waitsForBody
        if held.readableBytes == 0 {
            held = buffer
        } else {
            held.writeBuffer(&buffer)
        }
        feed(context: context, begins: isFirst)
        let limit = connection.holdsBody ? Self.heldBodyBytes : Self.heldBytes
        if held.readableBytes > limit { context.close(promise: nil) }
    }

    /// Begins one request of those that wait; false when there is no whole one any more.
    func takeTurn() -> Bool {
        waitsForTurn = false
        guard let context, held.readableBytes > 0 else { return false }
        let before = connection.requestsInProgress
        feed(context: context, begins: true)
        let hasBegun = connection.requestsInProgress > before
        if hasBegun {
            requestsInTurns += 1
            lastTurn = turns.current
        }
        context.fireChannelReadComplete()
        goOn(context: context)
        return hasBegun
    }

    private func answerEnded() {
        if requestsInTurns > 0 { endTurn() }
        if held.readableBytes > 0 { waitForTurn() }
    }

    private func endTurn() {
        requestsInTurns -= 1
        turns.end(of: lastTurn)
    }

    private func waitForTurn() {
        guard !waitsForTurn, !connection.waitsForBody, connection.hasRoom else { return }
        waitsForTurn = true
        turns.wait(self)
    }

    func read(context: ChannelHandlerContext) {
        if connection.dropsInput { held.clear() }
        if held.readableBytes > 0 && !connection.waitsForBody || connection.holdsBody && !connection.dropsInput {
            holdsRead = true
        } else {
            context.read()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            isInputClosed = true
            if connection.waitsForBody {
                // There is no more to wait for.
                connection.waitsForBody = false
                feed(context: context, begins: true)
                context.fireChannelReadComplete()
            }
            holdsEnd = true
            goOn(context: context)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let takeover = event as? SocketTakeover else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        promise?.succeed()
        guard connection.holdsBody else {
            takeover.promise.succeed(nil)
            return
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { [self] _ in
            takeover.promise.succeed(takeSocket())
        }
    }

    /// The socket and what was read of it, and the end of the channel; nil when the body must go to the parser after all.
    private func takeSocket() -> SocketTakeover.Taken? {
        guard let context, connection.holdsBody, context.channel.isActive else { return nil }
        guard let socket = Descriptor.duplicate(of: context.channel) else {
            connection.releaseBody()
            feed(context: context, begins: false)
            context.fireChannelReadComplete()
            goOn(context: context)
            return nil
        }
        let taken = SocketTakeover.Taken(socket: socket, begun: Array(held.readableBytesView))
        held = ByteBuffer()
        connection.admitted?.takeFromChannel()
        connection.leave()
        context.close(promise: nil)
        return taken
    }

    /// Lets the connection wait for its next request without its channel, once all answers have gone out.
    private func park() {
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { [self] _ in
            guard let context = self.context, connection.waitsForRequest, context.channel.isActive,
                held.readableBytes == 0 || connection.waitsForBody, var begun = head,
                let admitted = connection.admitted,
                let socket = Descriptor.duplicate(of: context.channel)
            else { return }
            begun.writeImmutableBuffer(held)
            parked.add(
                ParkedConnections.Connection(
                    socket: ParkedSocket(socket), peer: peer, admitted: admitted.passOn(),
                    requestsServed: connection.requestsServed, begun: Array(begun.readableBytesView),
                    waitsForBody: connection.waitsForBody, deadline: connection.requestDeadline))
            connection.leave()
            context.close(promise: nil)
        }
    }

    /// Gives on what was held back behind bytes that have all gone to the parser now, or reads what a body lacks.
    private func goOn(context: ChannelHandlerContext) {
        guard held.readableBytes == 0 || connection.waitsForBody else { return }
        if holdsEnd {
            holdsEnd = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if holdsRead {
            holdsRead = false
            context.read()
        }
    }

    /// Gives on what is left of the request that is being read, and one more request if it may begin.
    private func feed(context: ChannelHandlerContext, begins: Bool) {
        var begins = begins
        while held.readableBytes > 0, !connection.dropsInput {
            if connection.holdsBody { return }
            if !connection.isReadingRequest {
                guard begins, connection.hasRoom else {
                    waitForTurn()
                    return
                }
                begins = false
                connection.waitsForBody = lacksBody
                if connection.waitsForBody {
                    connection.begins()
                    return
                }
            }
            let body = connection.bodyBytesLeft
            let count = body > 0 ? min(body, held.readableBytes) : Self.lengthToBlankLine(held)
            guard let slice = held.readSlice(length: count) else { return }
            connection.begins()
            let served = connection.requestsServed
            let isInBody = connection.isReadingRequest
            context.fireChannelRead(wrapInboundOut(slice))
            note(slice, isHead: !isInBody && served == connection.requestsServed, isChunk: isInBody && body == 0)
        }
        // The storage may be shared with slices that wait; a new buffer costs nothing.
        held = ByteBuffer()
    }

    /// Whether the request that comes next can wait until more of its body is there.
    private var lacksBody: Bool {
        guard var begun = head, !isInputClosed else { return false }
        // Only a POST has a body to wait for, and most requests are none.
        guard (begun.readableBytesView.first ?? held.readableBytesView.first) == UInt8(ascii: "P") else { return false }
        if begun.readableBytes == 0 { begun = held } else { begun.writeImmutableBuffer(held) }
        return BegunRequest.missingPart(
            of: begun.readableBytesView, longestBody: connection.bodyBytes, longestHead: connection.headBytes)
            == .body
    }

    /// Keeps what the parser has of a head that is not whole.
    private func note(_ slice: ByteBuffer, isHead: Bool, isChunk: Bool) {
        if isHead {
            head?.writeImmutableBuffer(slice)
        } else if isChunk, !connection.isReadingRequest,
            !slice.readableBytesView.suffix(4).elementsEqual(Self.blankLine)
        {
            // Behind the end of the body there may be some of the next head.
            head = nil
        } else if head?.readableBytes != 0 {
            head = ByteBuffer()
        }
    }

    /// How many bytes there are up to the first blank line, which ends a head and a chunked body, or all.
    ///
    /// The parser alone decides what a request is; here it only matters that no piece begins many of them.
    private static func lengthToBlankLine(_ buffer: ByteBuffer) -> Int {
        let view = buffer.readableBytesView
        // A stream can come in chunks, so that all of its bytes are looked at: the search is that of memchr(3).
        var rest = view
        while let found = rest.firstIndex(of: UInt8(ascii: "\r")) {
            rest = rest[found...]
            if rest.starts(with: blankLine) { return found - view.startIndex + blankLine.count }
            rest = rest.dropFirst()
        }
        return view.count
    }
}

@available(*, unavailable)
extension ByteGate: Sendable {}
