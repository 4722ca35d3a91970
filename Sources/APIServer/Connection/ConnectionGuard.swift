import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS

/// Decides how long a connection lives: keep-alive, deadlines, and what happens to a request nobody reads.
///
/// The parser and the connection task know single requests only. This handler knows the connection: an answer that
/// ends before its request was read closes it, for what follows could not be told from a new request, and reading on
/// would let a client send without end.
///
/// ## Concurrency model
/// Everything here happens on the connection's event loop.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// After its last answer a connection may still read this much, so that the answer is not lost to a reset.
    private static let lingerBytes = 4 << 20
    private static let lingerTime = TimeAmount.seconds(2)

    /// When to ask whether a client that ended its side is still there, first and then again.
    private static let firstProbe = TimeAmount.seconds(1)
    private static let nextProbe = TimeAmount.seconds(5)

    /// Gets the client's certificate when TLS stands, or the reason why it does not.
    var handshake: EventLoopPromise<PeerCertificate?>?
    /// The connection's place among those that are open.
    var admitted: AdmittedConnection?
    /// The other connections that wait for a request; nil for one that cannot go on without its channel.
    var waitingChannels: WaitingChannels?
    /// Called when the connection shall wait for its next request without a channel.
    var onCrowd: (() -> Void)?
    /// Called when an answer has ended, so that the next request may be read.
    var onRoom: (() -> Void)?

    /// The longest body of a call.
    let bodyBytes: Int
    /// A longer head is for the parser to refuse.
    let headBytes: Int
    private let requestsPerConnection: Int
    private let pipelinedRequests: Int
    private let counts: ConnectionCounts
    private let isEncrypted: Bool

    private var context: ChannelHandlerContext?
    private var deadlineCheck: Scheduled<Void>?
    private var deadlines: ConnectionDeadlines
    /// The place among the connections that wait for a request.
    private var waitingTicket: WaitingChannels.Ticket?
    /// Requests whose head was read, also before the channel was there.
    private(set) var requestsServed: Int
    /// Whether the connection goes on without this channel, whose end is nothing to it.
    private var hasLeft = false
    /// Requests whose head was read and whose answer has not ended.
    private(set) var requestsInProgress = 0
    /// Whether a head was read and its body was not.
    private(set) var isReadingRequest = false
    /// Bytes of the request's body that its Content-Length still promises.
    private(set) var bodyBytesLeft = 0
    /// Whether a request has not begun because its body is not whole.
    var waitsForBody = false
    /// Whether the body is not given on, because it is that of a stream whose socket may be taken.
    private(set) var holdsBody = false
    private var readSize: ReadSize
    /// Whether the head of an answer was written and its end was not.
    private var isAnswering = false
    private var knowsInterimAnswers = false
    private var clientProbe: Scheduled<Void>?
    /// Which stream the connection carries.
    private var stream = StreamPhase.none
    private var isInputBroken = false
    private var isInputClosed = false
    private var isQuiescing = false
    private var closesAfterAnswer = false
    private var lingeredBytes: Int?

    init(limits: HTTPLimits, counts: ConnectionCounts, isEncrypted: Bool, requestsServed: Int = 0) {
        self.requestsServed = requestsServed
        deadlines = ConnectionDeadlines(limits)
        readSize = ReadSize(isEncrypted: isEncrypted)
        bodyBytes = limits.bodyBytes
        headBytes = limits.longestHead
        requestsPerConnection = limits.requestsPerConnection
        pipelinedRequests = limits.pipelinedRequests
        self.counts = counts
        self.isEncrypted = isEncrypted
    }

    /// Whether what the client still sends is thrown away, because the last answer is on its way.
    var dropsInput: Bool { isInputBroken || lingeredBytes != nil }

    /// Whether no request is being read or answered: there may be a part of one, which has not begun.
    var waitsForRequest: Bool {
        requestsInProgress == 0 && !isReadingRequest && !dropsInput && !isQuiescing && !isInputClosed
    }

    /// When the connection is closed unless a request comes.
    var requestDeadline: NIODeadline { deadlines.ofRequest(isHeadRead: isHeadRead) }

    /// Whether what is arriving of a request is its body.
    private var isHeadRead: Bool { isReadingRequest || waitsForBody }

    /// There are too many that wait with a channel.
    func park() {
        waitingTicket = nil
        onCrowd?()
    }

    private func beginWaiting() {
        guard let waitingChannels, waitingTicket == nil, waitsForRequest else { return }
        waitingTicket = waitingChannels.add(self)
    }

    private func endWaiting() {
        guard let ticket = waitingTicket else { return }
        waitingTicket = nil
        waitingChannels?.remove(ticket)
    }

    /// The connection leaves its channel: the parser will miss the rest of what it has begun.
    func leave() { hasLeft = true }

    /// Lets the body go to the parser.
    func releaseBody() { holdsBody = false }

    /// Whether one more request may wait for its answer.
    var hasRoom: Bool { requestsInProgress < pipelinedRequests }

    /// Counts bytes that arrived; false when they are to be thrown away.
    func admits(byteCount: Int) -> Bool {
        if let lingeredBytes {
            self.lingeredBytes = lingeredBytes + byteCount
            if lingeredBytes + byteCount > Self.lingerBytes { context?.close(promise: nil) }
            return false
        }
        // After broken input the answer 400 is on its way; what still comes can only be dropped.
        return !isInputBroken
    }

    /// Notes that bytes go to the parser now.
    func begins() {
        guard deadlines.requestStart == nil else { return }
        deadlines.requestStart = .now()
        scheduleCheck(in: deadlines.shortest)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // An event loop looks at its sockets only when no answer is left to write. Many requests of one read would keep
        // it from that, and every other connection waiting, for as long as their answers take.
        try? context.channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        setReadSize(.ofHeads)
        if isEncrypted {
            deadlines.handshakeStart = .now()
        } else {
            deadlines.requestStart = .now()
        }
        scheduleCheck(in: deadlines.shortest)
        beginWaiting()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        endWaiting()
        waitingChannels = nil
        onCrowd = nil
        deadlineCheck?.cancel()
        deadlineCheck = nil
        clientProbe?.cancel()
        clientProbe = nil
        onRoom = nil
        self.context = nil
        handshake?.fail(ChannelError.ioOnClosedChannel)
        handshake = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isInputBroken, lingeredBytes == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(var head):
            do {
                try RequestSyntax.check(&head)
            } catch {
                isInputBroken = true
                counts.refuse(.badRequest)
                context.fireErrorCaught(error)
                return
            }
            endWaiting()
            requestsServed += 1
            requestsInProgress += 1
            isReadingRequest = true
            bodyBytesLeft = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            holdsBody = !isEncrypted && head.method == .POST && Route(target: head.uri) == .stream
            if bodyBytesLeft > readSize.bytes { setReadSize(.ofBody(bodyBytesLeft)) }
            knowsInterimAnswers = head.version.minor == 1
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body(let bytes):
            bodyBytesLeft = max(0, bodyBytesLeft - bytes.readableBytes)
            holdsBody = false
            context.fireChannelRead(data)
        case .end:
            isReadingRequest = false
            bodyBytesLeft = 0
            holdsBody = false
            setReadSize(.ofHeads)
            deadlines.requestStart = nil
            context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if hasLeft { return }
        isInputBroken = true
        guard deadlines.handshakeStart == nil else {
            // Whatever speaks here does not speak TLS with us; there is no common language for an answer.
            failHandshake(error)
            return
        }
        if error is HTTPParserError { counts.refuse(.badRequest) }
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if deadlines.handshakeStart != nil { failHandshake(ChannelError.eof) }
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            let isLast = requestsInProgress <= 1
            let isUnread = isReadingRequest && isLast
            let isEnough = isQuiescing || isInputClosed || requestsServed >= requestsPerConnection
            if isUnread || (isLast && isEnough) || requestsInProgress == 0 {
                head.headers.replaceOrAdd(name: "Connection", value: "close")
            }
            closesAfterAnswer = head.headers.contains(name: "Connection")
            isAnswering = true
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            requestsInProgress = max(0, requestsInProgress - 1)
            deadlines.lastActivity = .now()
            isAnswering = false
            stream = .none
            // The time a request spent behind others is not its client's fault.
            if deadlines.requestStart != nil, waitsForClient { deadlines.requestStart = deadlines.lastActivity }
            onRoom?()
            context.write(data, promise: promise)
            if closesAfterAnswer || (requestsInProgress == 0 && (isQuiescing || isInputClosed)) {
                context.flush()
                finish(context: context)
            } else {
                beginWaiting()
            }
        default:
            context.write(data, promise: promise)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let phase = event as? StreamPhase else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        if phase == .sending, isInputClosed {
            promise?.fail(ChannelError.inputClosed)
            return
        }
        stream = phase
        if phase == .receiving, isReadingRequest { setReadSize(.ofStream) }
        promise?.succeed()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            deadlines.stallStart = nil
        } else {
            deadlines.stallStart = .now()
            scheduleCheck(in: deadlines.shortest)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            completeHandshake(context: context)
            context.fireUserInboundEventTriggered(event)
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            if deadlines.handshakeStart != nil {
                context.close(promise: nil)
            } else if requestsInProgress == 0 {
                finish(context: context)
            }
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if lingeredBytes != nil || isEncrypted {
                // No client of TLS goes on reading after it said good-bye.
                context.close(promise: nil)
            } else if requestsInProgress == 0 {
                finish(context: context)
            } else if stream == .sending || stream == .receiving && isReadingRequest {
                // Nothing can be written into a stream to find out more, and half a stream is none.
                context.close(promise: nil)
            } else {
                probeClient(in: Self.firstProbe)
            }
            context.fireUserInboundEventTriggered(event)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// Sends what is written, then the end; the rest of the client's input is read for a short while and dropped.
    private func finish(context: ChannelHandlerContext) {
        guard lingeredBytes == nil else { return }
        lingeredBytes = 0
        let closesAtOnce = isInputClosed
        let loop = context.eventLoop.assumeIsolated()
        let flushed = context.eventLoop.makePromise(of: Void.self)
        context.close(mode: .output, promise: flushed)
        flushed.futureResult.assumeIsolated().whenComplete { [self] _ in
            guard !closesAtOnce, !isInputClosed, let context = self.context else {
                self.context?.close(promise: nil)
                return
            }
            // A client that waits for our end closes at once; the others are cut.
            _ = loop.scheduleTask(in: Self.lingerTime) { self.context?.close(promise: nil) }
            context.read()
        }
    }

    private func completeHandshake(context: ChannelHandlerContext) {
        deadlines.handshakeStart = nil
        deadlines.requestStart = .now()
        let promise = handshake
        handshake = nil
        do {
            promise?.succeed(
                try context.pipeline.syncOperations.nioSSL_peerCertificate().map { try PeerCertificate($0) }
            )
        } catch {
            promise?.fail(error)
        }
    }

    private func failHandshake(_ error: any Error) {
        deadlines.handshakeStart = nil
        counts.refuse(.tls)
        handshake?.fail(error)
        handshake = nil
        context?.close(promise: nil)
    }

    /// Finds out whether a client that ended its side has only done that, or has gone away.
    ///
    /// TCP tells the two apart only when something is sent. 100 (Continue) is what every client of HTTP/1.1 reads over
    /// (RFC 9110, section 15.2); one that is gone answers with a reset, which ends the connection and the call.
    private func probeClient(in delay: TimeAmount) {
        guard let context, knowsInterimAnswers else { return }
        clientProbe = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
            guard let context = self.context, requestsInProgress > 0 else { return }
            if !isAnswering {
                let head = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            }
            probeClient(in: Self.nextProbe)
        }
    }

    /// Whether no request that was read waits for its answer.
    private var waitsForClient: Bool { requestsInProgress <= (isReadingRequest ? 1 : 0) }

    private func setReadSize(_ purpose: ReadSize.Purpose) {
        guard let allocator = readSize.change(purpose) else { return }
        try? context?.channel.syncOptions?.setOption(.recvAllocator, value: allocator)
    }

    private func scheduleCheck(in delay: TimeAmount) {
        guard let context, deadlineCheck == nil else { return }
        deadlineCheck = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
            deadlineCheck = nil
            checkDeadlines()
        }
    }

    private func checkDeadlines() {
        let now = NIODeadline.now()
        if let handshakeStart = deadlines.handshakeStart, handshakeStart + deadlines.handshakeTimeout <= now {
            failHandshake(ChannelError.connectTimeout(deadlines.handshakeTimeout))
            return
        }
        let next = deadlines.next(
            now: now, isHeadRead: isHeadRead, waitsForClient: waitsForClient, isIdle: requestsInProgress == 0,
            isReceiving: stream == .receiving)
        guard let next else {
            scheduleCheck(in: deadlines.shortest)
            return
        }
        if next <= now {
            context?.close(promise: nil)
        } else {
            // Something with a shorter deadline may begin right after this.
            scheduleCheck(in: min(next - now, deadlines.shortest))
        }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
