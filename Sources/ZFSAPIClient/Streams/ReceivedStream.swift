/// What became of a stream that the daemon received.
public struct ReceivedStream: Codable, Hashable, Sendable {
    /// The length of the stream.
    public let bytes: Int
    /// What is there now, as `dataset@snapshot`.
    public let snapshots: [String]
    /// Seconds.
    public let duration: Double
}
