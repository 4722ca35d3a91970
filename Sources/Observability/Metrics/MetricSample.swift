/// A number that is read when the metrics are asked for.
public struct MetricSample: Sendable {
    /// Names and values of its labels.
    public let labels: [(String, String)]
    /// The number.
    public let value: Double

    /// Makes a sample.
    public init(_ value: Double, _ labels: [(String, String)] = []) {
        self.labels = labels
        self.value = value
    }

    /// Makes a sample of a whole number.
    public init(_ value: Int, _ labels: [(String, String)] = []) {
        self.init(Double(value), labels)
    }
}
