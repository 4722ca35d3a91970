internal import CLinux
internal import Glibc

/// The waits of one pump: says who is waited for, and ends what waits too long.
struct PumpWait {
    /// How long a chunk that is begun may take after the pump was told to stop.
    private static let chunkPatience = Duration.milliseconds(500)
    /// The longest sleep, so that what is told without a wake-up is seen.
    private static let tick = Duration.seconds(1)

    let control: StreamControl
    let signal: PumpSignal
    /// How long there may be no byte; nil is for ever.
    private let limit: Duration?
    private var idle = Duration.zero
    private var stopSeen: ContinuousClock.Instant?
    private var misses = 0
    /// Whether it was the output that was last waited for.
    private var waitsForOutput = false
    /// Whether a chunk has begun and not ended: a mark that says what went wrong can only follow a whole one.
    var isWithinChunk = false {
        didSet { control.noteChunk(isWithinChunk) }
    }

    /// What ended a wait.
    enum Result {
        case ready
        /// What was watched can take nothing any more.
        case broken
        case woken
    }

    init(control: StreamControl, signal: PumpSignal, limit: Duration?) {
        self.control = control
        self.signal = signal
        self.limit = limit == .zero ? nil : limit
    }

    /// Notes that bytes moved.
    mutating func noteProgress() {
        idle = .zero
        misses = 0
    }

    /// - Throws: `PumpStopped` when the pump was told to stop.
    mutating func check() throws {
        guard signal.isStopped else { return }
        let seen = stopSeen ?? .now
        stopSeen = seen
        if !isWithinChunk || .now - seen >= Self.chunkPatience { throw PumpStopped() }
    }

    /// Waits until a descriptor is ready (-1: until the pump is woken), or `watched` is broken.
    /// - Throws: `PumpStopped`, or `StreamError.stalled`.
    mutating func wait(
        for descriptor: Int32,
        writing: Bool = false,
        watching watched: Int32 = -1,
        as reason: StreamWait
    ) throws -> Result {
        control.note(reason)
        defer { control.note(.nobody) }
        while true {
            try check()
            var timeout = Self.tick
            if let limit { timeout = min(timeout, limit - idle) }
            if let stopSeen { timeout = min(timeout, stopSeen + Self.chunkPatience - .now) }
            let start = ContinuousClock.now
            let events = clinux_poll(
                descriptor, writing ? 1 : 0, watched, signal.number, timeout.inWholeMilliseconds)
            if !control.isSuspended { idle += .now - start }
            if events & Int32(clinux_poll_woken) != 0 { signal.consume() }
            if events & Int32(clinux_poll_ready) != 0 { return .ready }
            if events & Int32(clinux_poll_broken) != 0 { return .broken }
            if events != 0 {
                try check()
                return .woken
            }
            // The limit of the kernel does not hold for streams: it ends also who only has no room.
            if (writing && clinux_peer_is_silent(descriptor) != 0) || clinux_peer_is_silent(watched) != 0 {
                throw StreamError.sinkFailed(errno: ETIMEDOUT)
            }
            if let limit, idle >= limit { throw StreamError.stalled(reason, seconds: limit.inSeconds) }
        }
    }

    /// After EAGAIN of splice(2), which does not say of which end: waits for the one that it was the last time, and when nothing
    /// moved then, for the other one.
    mutating func wait(
        reading input: Int32, as inputReason: StreamWait,
        writing output: Int32, as outputReason: StreamWait
    ) throws -> Result {
        if misses > 0 { waitsForOutput.toggle() }
        misses += 1
        // Should the kernel say again and again that both are ready, it must not cost a core.
        if misses > 16 { try sleep(.milliseconds(1), as: outputReason) }
        return waitsForOutput
            ? try wait(for: output, writing: true, as: outputReason)
            : try wait(for: input, watching: output, as: inputReason)
    }

    /// Waits for the time, or less when the pump is woken; does not count as a stall.
    mutating func sleep(_ duration: Duration, as reason: StreamWait) throws {
        control.note(reason)
        defer { control.note(.nobody) }
        try check()
        let events = clinux_poll(-1, 0, -1, signal.number, duration.inWholeMilliseconds)
        if events != 0 { signal.consume() }
        try check()
    }
}

extension Duration {
    /// For poll(2): rounded up, at least 0.
    fileprivate var inWholeMilliseconds: Int32 {
        Int32(clamping: max(0, Int64((inSeconds * 1000).rounded(.up))))
    }
}
