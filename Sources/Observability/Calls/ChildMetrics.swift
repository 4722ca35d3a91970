/// Counts how long child processes ran.
public struct ChildMetrics: Sendable {
    /// Longer words are no subcommand of ours.
    private static let longestWord = 24

    private let registry: MetricsRegistry

    /// Makes one that counts in a registry.
    public init(registry: MetricsRegistry) {
        self.registry = registry
    }

    /// Counts a process that ended.
    /// - Parameters:
    ///   - program: The program's name.
    ///   - subcommand: Its first argument; anything but a word of lower-case letters and `-` is counted as `other`.
    ///   - duration: How long it ran.
    public func record(program: String, subcommand: String?, duration: Duration) {
        let isWord = subcommand.map { word in
            word.utf8.count <= Self.longestWord
                && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
        }
        let command = isWord == true ? "\(program) \(subcommand ?? "")" : "other"
        registry.histogram(.childDuration, [("command", command)]).record(duration)
    }
}
