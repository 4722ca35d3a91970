import ArgumentParser

/// Properties that are given as `-o name=value`.
struct PropertyList: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("option")], parsing: .singleValue,
        help: ArgumentHelp("A property to set, as often as needed.", valueName: "name=value"))
    var pairs: [Assignment] = []

    /// By name; nil when there is none.
    var values: [String: String]? {
        pairs.isEmpty ? nil : Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last }
    }
}
