public import ZFSCommandBuilder

/// Why a command was not run to its end.
///
/// A command that ran and ended with an error status is `CommandFailed`; a task that was cancelled gets
/// `CancellationError`.
public enum ExecutionError: Error, Hashable, Sendable {
    /// The program is in none of the folders that are searched.
    case programNotFound(String, searched: [String])
    /// The program can not be executed; `errno` says why.
    case cannotExecute(path: String, errno: Int32)
    /// An argument has a byte that it must not have, such as NUL.
    case invalidArgument(String)
    /// The arguments are longer than the kernel takes, 128 KiB each and a few MiB together.
    case argumentsTooLong
    /// More input than a pipe takes at once (64 KiB).
    case inputTooLarge(bytes: Int)
    /// The command did not end in time and was stopped.
    case timedOut(seconds: Double)
    /// The command did not get its turn in time: it was never started.
    case notStarted(seconds: Double)
    /// The command printed more than the limit and was stopped.
    case outputTooLarge(limit: Int)
    /// As many commands wait as may wait.
    case queueFull(limit: Int)
    /// Every place of this pool is taken by a process that not even SIGKILL ends: the pool's I/O is suspended.
    case poolStuck(PoolName?)
    /// A system call failed.
    case system(call: String, errno: Int32)
}

/// A command that ran and ended with an error.
public struct CommandFailed: Error, Hashable, Sendable {
    /// What went wrong, classified from the command's own words.
    public let failure: CommandFailure

    /// Wraps a failure.
    public init(_ failure: CommandFailure) {
        self.failure = failure
    }
}
