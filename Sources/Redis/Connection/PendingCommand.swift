internal import NIOCore

/// A command that was sent and whose reply has not come.
struct PendingCommand {
    /// Who waits; nil when the waiting ended, but a reply will still come.
    var waiter: CheckedContinuation<Result<RedisReply, RedisError>, Never>?
    /// When the waiting ends.
    let deadline: NIODeadline
    /// When the connection is given up, if this command is next to be answered.
    let cutoff: NIODeadline
    /// The bytes that were sent.
    let byteCount: Int
}
