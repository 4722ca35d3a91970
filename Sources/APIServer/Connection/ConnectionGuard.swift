import NIOCore
import NIOHTTP1

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

    private let idleTimeout: TimeAmount
    private let requestTimeout: TimeAmount
    private let requestsPerConnection: Int

    private var context: ChannelHandlerContext?
    private var deadlineCheck: Scheduled<Void>?
    private var lastActivity = NIODeadline.now()
    /// When the first byte of the request came that is being read now.
    private var requestStart: NIODeadline?
    /// Since when the client reads nothing of what we send.
    private var stallStart: NIODeadline?
    private var requestsServed = 0
    /// Requests whose head was read and whose answer has not ended.
    private var requestsInProgress = 0
    private var isReadingRequest = false
    private var isInputBroken = false
    private var isInputClosed = false
    private var isQuiescing = false
    private var closesAfterAnswer = false
    private var lingeredBytes: Int?

    init(limits: HTTPLimits) {
        idleTimeout = TimeAmount(limits.idleTimeout)
        requestTimeout = TimeAmount(limits.requestTimeout)
        requestsPerConnection = limits.requestsPerConnection
    }

    /// Counts bytes that arrived; false when they are to be thrown away.
    func admits(byteCount: Int) -> Bool {
        if let lingeredBytes {
            self.lingeredBytes = lingeredBytes + byteCount
            if lingeredBytes + byteCount > Self.lingerBytes { context?.close(promise: nil) }
            return false
        }
        guard !isInputBroken else {
            // The answer 400 is on its way; what still comes can only be dropped.
            return false
        }
        if requestStart == nil {
            requestStart = .now()
            scheduleCheck(in: shortestTimeout)
        }
        return true
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        scheduleCheck(in: shortestTimeout)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadlineCheck?.cancel()
        deadlineCheck = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isInputBroken, lingeredBytes == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let detail = RequestSyntax.fault(in: head) {
                isInputBroken = true
                context.fireErrorCaught(RequestSyntaxError(detail: detail))
                return
            }
            requestsServed += 1
            requestsInProgress += 1
            isReadingRequest = true
        case .body:
            break
        case .end:
            isReadingRequest = false
            requestStart = nil
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isInputBroken = true
        context.fireErrorCaught(error)
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
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            requestsInProgress = max(0, requestsInProgress - 1)
            lastActivity = .now()
            context.write(data, promise: promise)
            if closesAfterAnswer || (requestsInProgress == 0 && (isQuiescing || isInputClosed)) {
                context.flush()
                finish(context: context)
            }
        default:
            context.write(data, promise: promise)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            stallStart = nil
        } else {
            stallStart = .now()
            scheduleCheck(in: shortestTimeout)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            if requestsInProgress == 0 { finish(context: context) }
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if lingeredBytes != nil {
                context.close(promise: nil)
            } else if requestsInProgress == 0 {
                finish(context: context)
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

    private var shortestTimeout: TimeAmount { min(idleTimeout, requestTimeout) }

    private func scheduleCheck(in delay: TimeAmount) {
        guard let context, deadlineCheck == nil else { return }
        deadlineCheck = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
            deadlineCheck = nil
            checkDeadlines()
        }
    }

    private func checkDeadlines() {
        let now = NIODeadline.now()
        // A request behind others waits for us, not for its client.
        let waitsForClient = requestsInProgress <= (isReadingRequest ? 1 : 0)
        var deadlines: [NIODeadline] = []
        if let requestStart {
            deadlines.append((waitsForClient ? requestStart : now) + requestTimeout)
        } else if requestsInProgress == 0 {
            deadlines.append(lastActivity + idleTimeout)
        }
        if let stallStart { deadlines.append(stallStart + idleTimeout) }
        guard let next = deadlines.min() else {
            scheduleCheck(in: shortestTimeout)
            return
        }
        if next <= now {
            context?.close(promise: nil)
        } else {
            // Something with a shorter deadline may begin right after this.
            scheduleCheck(in: min(next - now, shortestTimeout))
        }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
