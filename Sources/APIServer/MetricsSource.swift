/// Where `GET /metrics` gets its text.
public protocol MetricsSource: Sendable {
    /// The metrics now, and their media type.
    /// - Parameter openMetrics: Whether the client takes OpenMetrics 1.0; else it is Prometheus text 0.0.4.
    func metrics(openMetrics: Bool) -> (contentType: String, text: [UInt8])
}
