internal import Synchronization

/// What is known of a running stream, and what can be changed while it runs.
///
/// ## Concurrency
/// Any thread may use it; all state is atomic.
public final class StreamControl: Sendable {
    private let count = Atomic<UInt64>(0)
    private let rate = Atomic<UInt64>(0)
    private let wait = Atomic<UInt8>(StreamWait.nobody.rawValue)
    private let smallestPipe = Atomic<Int>(0)
    private let withinChunk = Atomic<Bool>(false)
    private let suspended = Atomic<Bool>(false)
    private let elsewhere = Atomic<Bool>(false)
    /// The most bytes that the stream may have; nil for no limit.
    public let byteLimit: UInt64?

    /// Makes a control for one stream.
    /// - Parameters:
    ///   - byteLimit: The most bytes that the stream may have; nil for no limit.
    ///   - bytesPerSecond: How fast it may be, as in ``bytesPerSecond``.
    public init(byteLimit: UInt64? = nil, bytesPerSecond: UInt64 = 0) {
        self.byteLimit = byteLimit
        rate.store(bytesPerSecond, ordering: .relaxed)
    }

    /// The bytes that the sink took, or that the source gave; marks of a framing are not counted.
    public var bytes: UInt64 { count.load(ordering: .relaxed) }

    /// How fast the stream may be, in bytes per second over about a second; 0 is without limit.
    ///
    /// Can be changed while it runs.
    public var bytesPerSecond: UInt64 {
        get { rate.load(ordering: .relaxed) }
        set { rate.store(newValue, ordering: .relaxed) }
    }

    /// Who keeps the stream waiting now.
    public var waitsFor: StreamWait {
        let noted = StreamWait(rawValue: wait.load(ordering: .relaxed)) ?? .nobody
        return isSuspended && (noted == .sender || noted == .receiver) ? .pool : noted
    }

    /// Whether the connection to a program on another host ended before that program: it may still run, until it notices.
    public var mayRunElsewhere: Bool { elsewhere.load(ordering: .relaxed) }

    /// Notes that a program on another host may still run.
    func noteMayRunElsewhere() { elsewhere.store(true, ordering: .relaxed) }

    /// Whether one of the processes hangs in the kernel.
    var isSuspended: Bool { suspended.load(ordering: .relaxed) }

    /// Notes whether one of the processes hangs in the kernel.
    func noteSuspension(_ isSuspended: Bool) { suspended.store(isSuspended, ordering: .relaxed) }

    /// The size of the smallest pipe of the stream in bytes, as the kernel made it; 0 before it runs.
    public var pipeBytes: Int { smallestPipe.load(ordering: .relaxed) }

    /// Whether a mark may follow in a sink with a framing: false when the stream was stopped within a chunk.
    public var isBetweenChunks: Bool { !withinChunk.load(ordering: .acquiring) }

    /// Notes that a chunk begins or ends.
    func noteChunk(_ isWithin: Bool) { withinChunk.store(isWithin, ordering: .releasing) }

    /// Counts bytes that were moved.
    func add(_ bytes: Int) { count.add(UInt64(bytes), ordering: .relaxed) }

    /// Notes who is waited for.
    func note(_ wait: StreamWait) { self.wait.store(wait.rawValue, ordering: .relaxed) }

    /// Notes the size of a pipe.
    func notePipe(_ bytes: Int) {
        let known = pipeBytes
        if known == 0 || bytes < known { smallestPipe.store(bytes, ordering: .relaxed) }
    }
}

/// Who keeps a stream waiting.
public enum StreamWait: UInt8, Sendable, Hashable, CaseIterable {
    /// Bytes move.
    case nobody
    /// The process that makes the stream.
    case sender
    /// The process that takes the stream.
    case receiver
    /// The peer, or the network to it.
    case network
    /// A process that hangs in the kernel: the input and output of its pool is suspended.
    case pool
    /// The limit on bytes per second.
    case throttle
}
