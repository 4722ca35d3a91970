import Yams

/// Collects what is found while a configuration is read: its faults, and where each value was given.
///
/// It also hears of every key that exists, because the code that reads a key is the only list of keys.
final class ConfigurationReader {
    /// What messages call the file.
    let file: String
    /// Whether no document is read and only the names of keys are wanted.
    let listsKeys: Bool
    /// Every key that was asked for, dotted, those of list members with `[]`.
    private(set) var keys: [String] = []
    /// Where the value of a key was given: `file:line:column`.
    private(set) var places: [String: String] = [:]
    private var found: [(position: TextPosition, fault: ConfigurationFault)] = []

    init(file: String, listsKeys: Bool = false) {
        self.file = file
        self.listsKeys = listsKeys
    }

    /// The faults in the order of the file.
    var faults: [ConfigurationFault] {
        let ordered = found.enumerated().sorted { left, right in
            let (first, second) = (left.element.position, right.element.position)
            return (first, left.offset) < (second, right.offset)
        }
        return ordered.map(\.element.fault)
    }

    /// Says that a key exists, and the node of its value where it is given.
    func ask(_ key: String, _ node: Node?) {
        keys.append(key)
        if let node { places[key] = place(node.position) }
    }

    /// Reports what is wrong at a node.
    func report(_ position: TextPosition?, _ key: String, _ advice: String) {
        guard !listsKeys else { return }
        // An unknown key is any text; it must not write to a terminal what it likes.
        let isPrintable = key.utf8.count <= 256 && key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        let fault = ConfigurationFault(place: place(position), key: isPrintable ? key : "?", advice: advice)
        found.append((position ?? TextPosition(line: 0, column: 0), fault))
    }

    private func place(_ position: TextPosition?) -> String {
        position.map { "\(file):\($0.line):\($0.column)" } ?? file
    }
}
