/// A configuration that cannot be used, with everything that is wrong with it.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    let faults: [ConfigurationFault]

    var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}
