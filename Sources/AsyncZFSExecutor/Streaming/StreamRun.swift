internal import Glibc

/// The course of one stream: what each event leads to.
struct StreamRun {
    /// The most that is kept of what the last process writes without a sink.
    static let outputLimit = 65536
    /// The most that is shown of a stream before it goes to its sink.
    static let headBytes = 512
    /// How often processes are looked at that should be moving bytes.
    private static let tick = Duration.seconds(1)
    /// How long the rest may take to pass once a process has failed.
    private static let passing = Duration.seconds(2)
    /// How long what was told to end may do so before its pipes end too.
    private static let heed = Duration.milliseconds(500)
    /// How long what was killed may take to end.
    private static let killPatience = Duration.seconds(2)
    private static let bufferBytes = 16384

    private enum Phase {
        case running
        /// A process has failed; what was written before may pass.
        case passing
        case terminating
        /// The pipes have ended as well.
        case released
        case killed
        case stuck
    }

    var stages: StreamStages
    /// Why it was stopped; nil while it runs, and when it ended by itself.
    private(set) var reason: (any Error)?
    /// What the last process wrote, without a sink.
    private(set) var output: [UInt8] = []
    /// When `.deadline` is to come.
    private(set) var deadline: ContinuousClock.Instant = .now + Self.tick
    private var phase = Phase.running
    private let ends: StreamEnds
    private let control: StreamControl
    private let configuration: ExecutorConfiguration
    private var sourcePump: PumpThread?
    private var sinkPump: PumpThread?
    private var hasStarted: Bool
    private var buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
    private var hasMoreErrors = false
    private var hasMoreOutput = false
    private var hasFirstByte = false
    /// What was read of the output after the last process had ended.
    private var lastBytes = 0
    private var suspendedSince: ContinuousClock.Instant?
    private var bytesAtTick: UInt64 = 0

    init(count: Int, _ ends: StreamEnds, _ control: StreamControl, _ configuration: ExecutorConfiguration) {
        stages = StreamStages(count: count)
        self.ends = ends
        self.control = control
        self.configuration = configuration
        hasStarted = ends.hasSource || !ends.hasSink
    }

    /// Whether nothing needs to be waited for before the start.
    var startsAtOnce: Bool { ends.hasSource || !ends.hasSink }
    /// Whether the last process has written its first byte, and nothing has failed before it.
    var canStart: Bool { !hasStarted && hasFirstByte && (phase == .running || phase == .passing) }
    /// Whether there is more to read without waiting.
    var hasMore: Bool { hasMoreErrors || hasMoreOutput }
    /// Whether everything has ended.
    var isOver: Bool { stages.areReaped && arePumpsOver && !hasMoreOutput && !canStart }
    /// Whether something does not end although it was killed.
    var isStuck: Bool { phase == .stuck }

    private var arePumpsOver: Bool {
        (sourcePump == nil || sourcePump?.outcome != nil) && (sinkPump == nil || sinkPump?.outcome != nil)
    }

    /// Starts the threads.
    mutating func startPumps() throws {
        hasStarted = true
        if let feed = stages.feed { sourcePump = try ends.startSource(feed) }
        if ends.hasSink, let output = stages.output { sinkPump = try ends.startSink(output) }
        if stages.isLastReaped { sinkPump?.signal.drain() }
    }

    /// Takes what has happened; gives the processes that have ended, and how long each ran.
    mutating func take(_ events: Events) -> [(index: Int, ran: Duration)] {
        if events.contains(.errors) { stages.noteErrors() }
        if events.contains(.errors) || hasMoreErrors { hasMoreErrors = stages.readErrors(&buffer) }
        var ended: [(index: Int, ran: Duration)] = []
        if !events.isDisjoint(with: [.exited, .deadline]) { ended = stages.reap(&buffer) }
        if events.contains(.output) || hasMoreOutput || !ended.isEmpty { readOutput() }
        for (index, _) in ended { noteEnd(of: index) }
        if !ended.isEmpty, stages.mayRunElsewhere { control.noteMayRunElsewhere() }
        if events.contains(.moved) { noteOutcomes() }
        // A pump may have been late when its pipe was to end.
        if events.contains(.moved), phase == .released { releasePipes() }
        if events.contains(.cancelled) { stop(for: CancellationError()) }
        if events.contains(.deadline), deadline <= .now { takeDeadline() }
        return ended
    }

    /// Ends everything for a reason.
    mutating func stop(for error: any Error) {
        guard reason == nil, phase == .running || phase == .passing else { return }
        reason = error
        hasStarted = true
        hasMoreOutput = false
        terminate()
    }

    private mutating func terminate() {
        phase = .terminating
        sourcePump?.signal.stop()
        sinkPump?.signal.stop()
        stages.tellToEnd()
        deadline = .now + min(Self.heed, configuration.grace)
    }

    /// Ends the pipes between the processes and the threads.
    ///
    /// OpenZFS forgets a signal that comes while it makes a thread (`spl_kthread_create` in `spl-thread.c` clears
    /// `TIF_SIGPENDING`). The process then sleeps in its pipe, and the kernel drops SIGKILL because it is dying already: only
    /// the end of the pipe wakes it. It knows that the stream is not whole, for it has not seen its last record.
    private mutating func releasePipes() {
        guard arePumpsOver else { return }
        stages.closePipes()
    }

    private mutating func takeDeadline() {
        switch phase {
        case .running:
            lookForSuspension()
            deadline = .now + Self.tick
        case .passing:
            terminate()
        case .terminating:
            phase = .released
            releasePipes()
            // Over there it takes longer to notice, and to tell.
            deadline = .now + configuration.grace * (stages.waitElsewhere ? 3 : 1)
        case .released:
            phase = .killed
            stages.signal(SIGKILL)
            releasePipes()
            deadline = .now + Self.killPatience
        case .killed, .stuck:
            phase = .stuck
        }
    }

    /// Without a sink what the last process writes is kept; with one it only tells that the stream begins.
    private mutating func readOutput() {
        guard let descriptor = stages.output, reason == nil else { return }
        if ends.hasSink {
            if !hasStarted, !stages.haveFeedersFailed { hasFirstByte = descriptor.available > 0 }
            return
        }
        guard case .bytes(let count) = descriptor.read(into: &buffer) else {
            hasMoreOutput = false
            return
        }
        output += buffer[..<min(count, Self.outputLimit - output.count)]
        // A process that left its group may hold the pipe and write on for ever.
        if stages.areReaped { lastBytes += count }
        hasMoreOutput = lastBytes < StreamStages.pipeBytes
    }

    private mutating func noteEnd(of index: Int) {
        let isLast = index == stages.count - 1
        if isLast { sinkPump?.signal.drain() }
        // Nobody reads what the source gives any more.
        if index == 0 || isLast { sourcePump?.signal.stop() }
        guard phase == .running else { return }
        let hasFailed = stages.statuses[index] != .exited(0)
        if hasFailed {
            sourcePump?.signal.stop()
            stages.tellToEnd(0..<index)
        }
        if hasFailed || (isLast && !stages.areReaped) {
            phase = .passing
            deadline = .now + Self.passing
        }
    }

    private mutating func noteOutcomes() {
        guard phase == .running else { return }
        // Processes that have ended well had all they needed, whatever became of the source then.
        if case .failed(let error) = sourcePump?.outcome, !stages.areReaped { stop(for: error) }
        if case .failed(let error) = sinkPump?.outcome { stop(for: error) }
    }

    /// Looks whether a process hangs in the kernel, while no byte moves.
    private mutating func lookForSuspension() {
        let isMoving = control.bytes != bytesAtTick
        bytesAtTick = control.bytes
        suspendedSince = !isMoving && stages.areSuspended ? suspendedSince ?? .now : nil
        control.noteSuspension(suspendedSince.map { .now - $0 >= configuration.suspendedAfter } ?? false)
        if arePumpsOver { control.note(ends.hasSource ? .receiver : .sender) }
    }
}
