internal import NIOCore

/// One connection: sends commands one after the other and gives each its reply, in the same order.
///
/// A command that waits too long fails alone; the connection ends when the reply that is next does not come.
///
/// ## Concurrency
/// Everything here happens on the connection's event loop.
final class RedisConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Deadlines are looked at no more often than this, so that a server which hangs costs little.
    private static let checkInterval = TimeAmount.milliseconds(5)
    /// A look that comes this late means that the event loop was busy, and that replies may lie unread.
    private static let lateness = TimeAmount.milliseconds(20)
    /// How often in a row a look that comes late is put off.
    private static let latePostponements = 10

    private let configuration: RedisConfiguration
    private let reader: ReplyReader
    private var context: ChannelHandlerContext?
    private var pending = CircularBuffer<PendingCommand>()
    private var pendingBytes = 0
    private var willFlush = false
    private var check: Scheduled<Void>?
    private var checkTime = NIODeadline.distantFuture
    private var postponements = 0
    /// Why the connection ended.
    private(set) var failure: RedisError?
    /// How many replies came.
    private(set) var replyCount = 0

    init(configuration: RedisConfiguration) throws(RedisError) {
        guard let reader = ReplyReader(replyBytes: configuration.replyBytes) else {
            throw .unavailable("memory is short")
        }
        self.configuration = configuration
        self.reader = reader
    }

    /// Sends a command and waits for its reply, at most `timeout`.
    func send(_ words: [[UInt8]], timeout: Duration) async -> Result<RedisReply, RedisError> {
        if let failure { return .failure(.unavailable(failure.description)) }
        guard let context, context.channel.isActive else { return .failure(.unavailable("the connection has ended")) }
        let size = words.reduce(0) { $0 + $1.count + 32 }
        guard pending.count < configuration.commandsInFlight, pendingBytes + size <= configuration.bytesInFlight else {
            return .failure(.unavailable("too many commands wait for their replies"))
        }
        let buffer = unsafe CommandEncoding.encode(words) { unsafe context.channel.allocator.buffer(bytes: $0) }
        guard let buffer, !words.isEmpty else { return .failure(.unavailable("memory is short")) }
        return await withCheckedContinuation { waiter in
            let now = NIODeadline.now()
            let deadline = now + TimeAmount(timeout)
            let command = PendingCommand(
                waiter: waiter,
                deadline: deadline,
                cutoff: max(deadline, now + TimeAmount(configuration.commandTimeout)),
                byteCount: size
            )
            pending.append(command)
            pendingBytes += size
            context.write(wrapOutboundOut(buffer), promise: nil)
            flushSoon()
            scheduleCheck(at: deadline)
        }
    }

    /// Waits until the connection has ended and its descriptor is closed.
    func waitForEnd() async {
        guard let context else { return }
        try? await context.channel.closeFuture.get()
    }

    /// Ends the connection; whoever waits gets `error`.
    func end(_ error: RedisError) {
        guard failure == nil else { return }
        failure = error
        check?.cancel()
        check = nil
        let waiters = pending.compactMap(\.waiter)
        pending.removeAll()
        pendingBytes = 0
        for waiter in waiters { waiter.resume(returning: .failure(error)) }
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end(.connectionLost("it was closed"))
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard failure == nil else { return }
        do throws(RedisError) {
            try take(unwrapInboundIn(data))
        } catch {
            end(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.connectionLost("Redis closed it"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.connectionLost(ConnectFailure.describe(error)))
    }

    private func take(_ buffer: ByteBuffer) throws(RedisError) {
        try unsafe buffer.withUnsafeReadableBytes { bytes throws(RedisError) in try unsafe reader.feed(bytes) }
        while failure == nil, let reply = try reader.next() {
            let outcome: Result<RedisReply, RedisError> =
                if case .error(let text) = reply { .failure(.refusal(text)) } else { .success(reply) }
            guard let command = pending.popFirst() else {
                // A server that has no room for us says so without being asked.
                _ = try outcome.get()
                throw .protocolError("a reply came that nobody asked for")
            }
            replyCount += 1
            pendingBytes -= command.byteCount
            command.waiter?.resume(returning: outcome)
        }
    }

    /// Flushes after the other commands of this turn of the loop were written, so that they share a system call.
    private func flushSoon() {
        guard !willFlush, let context else { return }
        willFlush = true
        context.eventLoop.assumeIsolated().execute { [self] in
            willFlush = false
            self.context?.flush()
        }
    }

    private func scheduleCheck(at time: NIODeadline) {
        guard time < checkTime || check == nil, let context else { return }
        check?.cancel()
        checkTime = max(time, .now() + Self.checkInterval)
        check = context.eventLoop.assumeIsolated().scheduleTask(deadline: checkTime) { [self] in
            check = nil
            checkDeadlines()
        }
    }

    private func checkDeadlines() {
        guard let first = pending.first else { return }
        let now = NIODeadline.now()
        if now - checkTime > Self.lateness, postponements < Self.latePostponements {
            postponements += 1
            scheduleCheck(at: now)
            return
        }
        postponements = 0
        guard first.cutoff > now else {
            end(.timedOut)
            return
        }
        var next = first.cutoff
        for index in pending.indices where pending[index].waiter != nil {
            if pending[index].deadline <= now {
                pending[index].waiter?.resume(returning: .failure(.timedOut))
                pending[index].waiter = nil
            } else {
                next = min(next, pending[index].deadline)
            }
        }
        scheduleCheck(at: next)
    }
}

@available(*, unavailable)
extension RedisConnection: Sendable {}
