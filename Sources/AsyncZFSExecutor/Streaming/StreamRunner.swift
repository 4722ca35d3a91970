/// Runs pipelines: the seam between what a transfer means and how its bytes move.
public protocol StreamRunner: CommandRunner {
    /// Runs a pipeline to its end.
    ///
    /// The result says how every process ended, for a status other than 0 is a normal result. When a process ends badly,
    /// the others are ended too, after what was written before has had its moment to pass; the sink then got a part of
    /// the stream.
    /// - Parameters:
    ///   - pipeline: What to run.
    ///   - control: Counts the bytes, bounds them, and says who waits for whom.
    ///   - onStart: Called once all processes run, before the first byte is taken from the source, and, with a sink and no
    ///     source, once the last process has written its first bytes, before they go to the sink: it gets those that are
    ///     there, at most 512. When the processes end without a byte it is not called. When it throws, the processes are
    ///     ended.
    /// - Throws: `ExecutionError` when a process could not be started, `StreamError` when the stream was stopped for a
    ///   reason of its own, `CancellationError` when the task was cancelled, and what source, sink or `onStart` throw;
    ///   always when every process is gone, or is known to be stuck in the kernel.
    func run(
        _ pipeline: StreamPipeline,
        control: StreamControl,
        onStart: @Sendable (_ head: [UInt8]) async throws -> Void
    ) async throws -> StreamResult
}

/// Why a stream was stopped.
public enum StreamError: Error, Hashable, Sendable {
    /// The source could not be read: its connection was reset, or the disk has an error.
    case sourceFailed(errno: Int32)
    /// The connection of a message body ended before the body was whole.
    case sourceEnded
    /// What came is not the body of an HTTP message: its chunks have no size.
    case sourceInvalid
    /// The sink could not be written: the peer is gone (`EPIPE`, `ECONNRESET`), or the disk is full (`ENOSPC`).
    case sinkFailed(errno: Int32)
    /// More bytes than `StreamControl.byteLimit`.
    case tooLong(limit: UInt64)
    /// No byte moved for as long as the executor's configuration allows.
    case stalled(StreamWait, seconds: Double)
    /// As many streams run as may run.
    case tooMany(limit: Int)
}
