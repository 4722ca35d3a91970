/// How busy an executor is with streams.
public struct StreamLoad: Sendable, Hashable {
    /// Streams that run, those included whose processes hang.
    public let active: Int
    /// Of these, streams that are over but for a process that not even SIGKILL ends.
    public let stuck: Int
    /// The smallest pipe of the streams that run, in bytes; 0 when none runs.
    ///
    /// Less than 1 MiB means that the user of this process has all the large pipes that pipe(7) allows it, and that streams
    /// are slow.
    public let smallestPipe: Int
    /// Streams that were stopped because no byte moved, since the start.
    public let stalls: UInt64
}
