/// One thing that is wrong with the configuration.
struct ConfigurationFault: Sendable, Hashable, CustomStringConvertible {
    /// Where: `file:line:column`, the name of an environment variable, or a flag.
    let place: String
    /// The dotted key, empty when the whole file is meant.
    let key: String
    /// What is wrong and what to do.
    let advice: String

    var description: String {
        key.isEmpty ? "\(place): \(advice)" : "\(place): \(key): \(advice)"
    }
}
