/// How a process ended.
public struct Termination: Hashable, Sendable {
    /// Exit status or signal.
    public enum Status: Hashable, Sendable {
        /// It exited with this status, 0 to 255.
        case exited(Int32)
        /// This signal ended it.
        case signalled(Int32)
    }

    /// Exit status or signal.
    public var status: Status
    /// Standard error: all of it, or its first 8 KiB and last 24 KiB with a line between them that says what is missing.
    public var standardError: [UInt8]

    /// Makes a termination.
    public init(status: Status, standardError: [UInt8] = []) {
        self.status = status
        self.standardError = standardError
    }

    /// Whether it exited with status 0.
    public var isSuccess: Bool { status == .exited(0) }
}

/// A process that ended, with everything it printed.
public struct Completion: Hashable, Sendable {
    /// Standard output.
    public var output: [UInt8]
    /// How it ended.
    public var termination: Termination

    /// Makes a completion.
    public init(output: [UInt8], termination: Termination) {
        self.output = output
        self.termination = termination
    }
}
