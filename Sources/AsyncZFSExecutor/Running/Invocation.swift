public import ZFSCommandBuilder

/// One run of `zfs` or `zpool`: what to run, where, and within which bounds.
public struct Invocation: Hashable, Sendable {
    /// The program.
    public var program: Program
    /// Everything after the program's name.
    public var arguments: [String]
    /// Where it runs.
    public var host: Host
    /// What it reads from standard input, at most 64 KiB; nil is `/dev/null`. Kept out of argument lists and logs.
    public var input: [UInt8]?
    /// Whether it only reads. Identical reads that wait to start share one run.
    public var isRead: Bool
    /// The pool whose places it takes; nil for commands about all pools.
    public var pool: PoolName?

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
