/// Bounds and search path of an executor.
public struct ExecutorConfiguration: Sendable, Hashable {
    /// The folders where `zfs`, `zpool` and `ssh` are looked for, in order; also the `PATH` of children.
    public var path: [String]
    /// Processes at once, at least 1.
    public var processes: Int
    /// Of these, processes for one pool; nil is a third of them, at least 1.
    public var processesPerPool: Int?
    /// Commands that wait for a place, at least 0.
    public var queue: Int
    /// How long a command may take, its wait for a place included.
    public var deadline: Duration
    /// How long a command that was told to stop (SIGTERM) has before SIGKILL.
    public var grace: Duration
    /// The most that a collected output may have, in bytes.
    public var outputLimit: Int
    /// Whether identical reads that wait to start share one run.
    public var sharesReads: Bool
    /// Streams at once, at least 1; they take no places of commands.
    public var streams: Int
    /// How long a stream may be without a byte before it is stopped; nil or zero is for ever.
    ///
    /// The time that its own limit on bytes per second or a suspended pool takes does not count.
    public var streamStall: Duration?
    /// How long a process must hang in the kernel before its pool is called suspended.
    package var suspendedAfter = Duration.seconds(5)

    /// Makes a configuration; the defaults suit a host with some pools.
    public init(
        path: [String] = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"],
        processes: Int = 12,
        processesPerPool: Int? = nil,
        queue: Int = 1024,
        deadline: Duration = .seconds(60),
        grace: Duration = .seconds(3),
        outputLimit: Int = 16 << 20,
        sharesReads: Bool = true,
        streams: Int = 128,
        streamStall: Duration? = .seconds(600)
    ) {
        self.path = path
        self.processes = processes
        self.processesPerPool = processesPerPool
        self.queue = queue
        self.deadline = deadline
        self.grace = grace
        self.outputLimit = outputLimit
        self.sharesReads = sharesReads
        self.streams = streams
        self.streamStall = streamStall
    }
}
