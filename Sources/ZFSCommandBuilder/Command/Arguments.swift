/// An argument list under construction: the subcommand, then flags, then operands.
struct Arguments {
    /// The list so far.
    private(set) var words: [String]

    init(_ subcommand: String) {
        words = [subcommand]
    }

    /// Adds words as they are.
    mutating func append(_ more: String...) {
        words += more
    }

    /// Adds words as they are.
    mutating func append(contentsOf more: some Sequence<String>) {
        words += more
    }

    /// Adds a flag when it is on.
    mutating func flag(_ name: String, _ isOn: Bool) {
        if isOn { words.append(name) }
    }

    /// Adds an option and its value when there is one.
    mutating func option(_ name: String, _ value: String?) {
        if let value { words += [name, value] }
    }

    /// Adds an option once for each value.
    mutating func options(_ name: String, _ values: some Sequence<String>) {
        for value in values { words += [name, value] }
    }

    /// Adds an option and all values joined with commas, when there are any.
    mutating func joined(_ name: String, _ values: [String]) {
        if !values.isEmpty { words += [name, values.joined(separator: ",")] }
    }
}
