public import ZFSCommandBuilder

/// One run of `zfs` or `zpool`: what to run, where, and within which bounds.
public struct Invocation: Hashable, Sendable {
    /// The program.
    public var program: Program
    /// Everything after the program's name.
    public var arguments: [String]
    /// Where it runs.
    public var host: Host
    /// What it reads from standard input, at most 64 KiB; nil is `/dev/null`; never in argument lists or logs.
    public var input: [UInt8]?
    /// Other programs on the same host and their arguments, which its standard input goes through, such as `zstd -dc`.
    ///
    /// On a remote host only, where a shell joins them.
    public var inputFilters: [[String]] = []
    /// The same for its standard output.
    ///
    /// The exit status is then that of the last filter.
    public var outputFilters: [[String]] = []
    /// Whether it only reads; identical reads that wait to start share one run.
    public var isRead: Bool
    /// The pool whose places it takes; nil for commands about all pools.
    public var pool: PoolName?

    /// How long it may take, its wait for a place included; nil is the executor's own deadline.
    public var deadline: Duration?

    /// Makes an invocation of a command.
    public init(_ command: some Command, on host: Host = .local, input: [UInt8]? = nil) {
        program = type(of: command).program
        arguments = command.arguments
        self.host = host
        self.input = input
        isRead = command.isRead
        pool = command.pool
    }
}
