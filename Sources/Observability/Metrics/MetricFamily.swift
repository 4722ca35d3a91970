/// What all series of one name have in common.
public struct MetricFamily: Sendable, Hashable {
    /// What the numbers mean.
    public enum Kind: String, Sendable, Hashable {
        /// Only grows, until the process starts anew.
        case counter
        /// Goes up and down.
        case gauge
        /// Durations counted in buckets.
        case histogram
    }

    /// The name; that of a counter ends with `_total`.
    public let name: String
    /// One sentence for whoever looks at the metrics.
    public let help: String
    /// What the numbers mean.
    public let kind: Kind

    /// Makes a family; characters that a name must not have become `_`.
    /// - Parameters:
    ///   - name: The name, with its base unit as a suffix.
    ///   - kind: What the numbers mean. `_total` is added to the name of a counter that does not end with it.
    ///   - help: One sentence.
    public init(_ name: String, _ kind: Kind, _ help: String) {
        let name = MetricText.name(name)
        self.name = kind == .counter && !name.hasSuffix("_total") ? name + "_total" : name
        self.kind = kind
        self.help = help
    }
}
