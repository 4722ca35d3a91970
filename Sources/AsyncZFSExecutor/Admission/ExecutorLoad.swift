/// How busy an executor is.
public struct ExecutorLoad: Sendable, Hashable {
    /// Processes that run.
    public let running: Int
    /// Processes that not even SIGKILL ends.
    public let stuck: Int
    /// Commands that wait for their turn.
    public let waiting: Int
}
