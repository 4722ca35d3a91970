import Yams

/// One mapping of the configuration file, read key by key; it remembers which keys were asked for.
struct ConfigurationSection {
    private let file: String
    private let prefix: String
    private var entries: [(key: Node, name: String, value: Node)] = []

    /// Takes a mapping; a missing or null node is an empty one.
    init(_ node: Node?, file: String, prefix: String = "", faults: inout [ConfigurationFault]) {
        self.file = file
        self.prefix = prefix
        guard let node, node.null == nil else { return }
        guard let mapping = node.mapping else {
            let key = String(prefix.dropLast())
            faults.append(Self.fault(file, node, key, "must be a mapping of keys to values"))
            return
        }
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                faults.append(Self.fault(file, key, String(prefix.dropLast()), "a key must be plain text"))
                continue
            }
            entries.append((key, name, value))
        }
    }

    /// The section below a key.
    func section(_ name: String, faults: inout [ConfigurationFault]) -> ConfigurationSection {
        ConfigurationSection(value(name), file: file, prefix: prefix + name + ".", faults: &faults)
    }

    /// Sets `target` to a whole number of the range.
    func integer(
        _ name: String,
        _ range: ClosedRange<Int>,
        into target: inout Int,
        _ faults: inout [ConfigurationFault]
    ) {
        guard let node = value(name) else { return }
        guard isPlain(node), let number = node.int, range.contains(number) else {
            faults.append(fault(node, name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
            return
        }
        target = number
    }

    /// Sets `target` to a time in whole seconds.
    func seconds(
        _ name: String,
        _ range: ClosedRange<Int>,
        into target: inout Duration,
        _ faults: inout [ConfigurationFault]
    ) {
        var seconds = Int(target.components.seconds)
        integer(name, range, into: &seconds, &faults)
        target = .seconds(seconds)
    }

    /// Sets `target` to true or false.
    func flag(_ name: String, into target: inout Bool, _ faults: inout [ConfigurationFault]) {
        guard let node = value(name) else { return }
        guard isPlain(node), let flag = node.bool else {
            faults.append(fault(node, name, "must be true or false"))
            return
        }
        target = flag
    }

    /// Sets `target` to what `parse` makes of a text; nil is a fault with the advice.
    func text<Value>(
        _ name: String,
        into target: inout Value,
        _ advice: String,
        _ faults: inout [ConfigurationFault],
        parse: (String) -> Value?
    ) {
        guard let node = value(name) else { return }
        guard let text = node.scalar?.string, let parsed = parse(text) else {
            faults.append(fault(node, name, advice))
            return
        }
        target = parsed
    }

    /// Sets `target` to a list of texts that all satisfy the condition; it must not be empty.
    func list(
        _ name: String,
        into target: inout [String],
        _ advice: String,
        _ faults: inout [ConfigurationFault],
        where isValid: (String) -> Bool
    ) {
        guard let node = value(name) else { return }
        guard let sequence = node.sequence, !sequence.isEmpty else {
            faults.append(fault(node, name, advice))
            return
        }
        var values: [String] = []
        for element in sequence {
            if let text = element.scalar?.string, isValid(text) {
                values.append(text)
            } else {
                faults.append(fault(element, name, advice))
            }
        }
        target = values
    }

    /// Reports each key that is not one of the known ones.
    func refuseKeys(except known: [String], _ faults: inout [ConfigurationFault]) {
        for entry in entries where !known.contains(entry.name) {
            let shown = entry.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? entry.name : "?"
            let advice = "unknown key; known here: \(known.sorted().joined(separator: ", "))"
            faults.append(fault(entry.key, shown, advice))
        }
    }

    /// A fault at the value of a key of this section.
    private func fault(_ node: Node, _ name: String, _ advice: String) -> ConfigurationFault {
        Self.fault(file, node, prefix + name, advice)
    }

    private static func fault(_ file: String, _ node: Node, _ key: String, _ advice: String) -> ConfigurationFault {
        let place = node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
        return ConfigurationFault(place: place, key: key, advice: advice)
    }

    /// The value of a key; an explicit null counts as not given.
    private func value(_ name: String) -> Node? {
        entries.first { $0.name == name }.map(\.value).flatMap { $0.null == nil ? $0 : nil }
    }

    private func isPlain(_ node: Node) -> Bool {
        node.scalar?.style == .plain
    }
}
