internal import Glibc

/// The processes of a pipeline with what is known of each, from their spawn to their reaping.
struct StreamStages {
    /// The size of every pipe of a stream: the largest that a user gets without more rights (pipe-max-size, pipe(7)).
    static let pipeBytes: Int32 = 1 << 20
    /// The status of `ssh` for an error of its own, `ssh(1)`.
    private static let sshFailed: Int32 = 255
    /// Reads that empty a pipe of standard error.
    private static let lastReads = 17

    private var children: [ChildProcess] = []
    private var errors: [ErrorCapture] = []
    private var readable: [Bool] = []
    private var areElsewhere: [Bool] = []
    private(set) var statuses: [Termination.Status?] = []
    /// When each was started.
    private var started: [ContinuousClock.Instant] = []
    /// Where to write what the first one reads, if it reads anything.
    private(set) var feed: Feed?
    /// What the last one writes; never blocks.
    private(set) var output: Descriptor?
    /// How many were to be started.
    let count: Int

    init(count: Int) {
        self.count = count
    }

    /// Starts all, the first of which reads the pipe, or what is fed to it; after an error those before it run.
    mutating func spawn(
        _ images: [ProcessImage], reading pipe: Descriptor?, orFeed readsFeed: Bool, _ control: StreamControl
    ) throws(ExecutionError) {
        var input = pipe
        if readsFeed {
            let pipe = try Pipe(bytes: Self.pipeBytes)
            control.notePipe(pipe.capacity)
            try pipe.writing.makeNonblocking()
            feed = Feed(pipe.writing)
            input = pipe.reading
        }
        for image in images {
            let pipe = try Pipe(bytes: Self.pipeBytes)
            control.notePipe(pipe.capacity)
            children.append(try ChildProcess(image, input: input, output: pipe.writing))
            errors.append(ErrorCapture())
            areElsewhere.append(image.isElsewhere)
            readable.append(true)
            statuses.append(nil)
            started.append(.now)
            input = pipe.reading
        }
        try input?.makeNonblocking()
        output = input
    }

    /// Lets the mailbox have `.errors` and `.exited`.
    func watch(_ poller: Poller, _ registration: Poller.Registration) throws(ExecutionError) {
        for child in children {
            try poller.watch(child.errors.number, posting: .errors, to: registration)
            try poller.watch(child.exit.number, posting: .exited, to: registration)
        }
    }

    /// Whether every process that was started is reaped.
    var areReaped: Bool { statuses.allSatisfy { $0 != nil } }
    /// Whether the last one is reaped.
    var isLastReaped: Bool { statuses.count == count && statuses.last != .some(nil) }
    /// Whether one ended with an error.
    var haveFailed: Bool { statuses.contains { $0 != nil && $0 != .exited(0) } }
    /// Whether one before the last ended with an error.
    var haveFeedersFailed: Bool { statuses.dropLast().contains { $0 != nil && $0 != .exited(0) } }
    /// Whether one that is not reaped waits for a program on another host.
    var waitElsewhere: Bool { zip(areElsewhere, statuses).contains { $0 && $1 == nil } }
    /// Whether a connection to a program was lost, so that it may still run.
    ///
    /// `ssh` has one status for that and for a program that a signal ended, but says so only when the connection is lost.
    var mayRunElsewhere: Bool {
        children.indices.contains { index in
            switch statuses[index] {
            case .exited(let code): areElsewhere[index] && code == Self.sshFailed && !errors[index].isEmpty
            case .signalled: areElsewhere[index]
            case nil: false
            }
        }
    }
    /// Whether one hangs in the kernel now.
    var areSuspended: Bool { zip(children, statuses).contains { $1 == nil && $0.isInKernel } }

    /// How each ended; only when all are reaped.
    mutating func terminations() -> [Termination] {
        statuses.indices.map { index in
            Termination(status: statuses[index] ?? .signalled(SIGKILL), standardError: errors[index].bytes())
        }
    }

    /// Notes that there may be something on standard error.
    mutating func noteErrors() {
        for index in readable.indices { readable[index] = statuses[index] == nil }
    }

    /// Reads once from each standard error; whether there may be more.
    mutating func readErrors(_ buffer: inout [UInt8]) -> Bool {
        for index in children.indices where readable[index] { readable[index] = readError(of: index, &buffer) }
        return readable.contains(true)
    }

    private mutating func readError(of index: Int, _ buffer: inout [UInt8]) -> Bool {
        guard case .bytes(let count) = children[index].errors.read(into: &buffer) else { return false }
        errors[index].append(buffer[..<count])
        return true
    }

    /// Reaps those that have ended.
    /// - Returns: Their places, and how long each ran.
    mutating func reap(_ buffer: inout [UInt8]) -> [(index: Int, ran: Duration)] {
        var ended: [(index: Int, ran: Duration)] = []
        for index in children.indices where statuses[index] == nil {
            guard let status = children[index].reap() else { continue }
            for _ in 0..<Self.lastReads { guard readError(of: index, &buffer) else { break } }
            statuses[index] = status
            readable[index] = false
            ended.append((index, .now - started[index]))
        }
        return ended
    }

    /// Ends the pipes at both ends; no thread may use them any more.
    mutating func closePipes() {
        feed?.close()
        output = nil
    }

    /// Tells those that run here to end, of the given places.
    ///
    /// A client of `ssh` that is killed does not tell any more when the program at the other end is gone. It does when its
    /// pipes end: that program sees the end of its input, or nobody who reads, and `ssh` ends with it.
    func tellToEnd(_ places: Range<Int>? = nil) {
        for index in children.indices
        where statuses[index] == nil && !areElsewhere[index] && places?.contains(index) ?? true {
            children[index].signalGroup(SIGTERM)
        }
    }

    /// Sends a signal to those that are not reaped.
    func signal(_ signal: Int32) {
        for index in children.indices where statuses[index] == nil {
            children[index].signalGroup(signal)
        }
    }
}
