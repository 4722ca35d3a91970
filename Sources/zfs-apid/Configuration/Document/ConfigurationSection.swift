import Yams

/// One mapping of the configuration file, read key by key.
///
/// A key that nobody has asked for when the section has been read is unknown, and a fault. An explicit null counts as
/// not given.
final class ConfigurationSection {
    let reader: ConfigurationReader
    private let path: String
    private let position: TextPosition?
    private var entries: [(key: Node, name: String, value: Node)] = []
    private var known: Set<String> = []
    private var refused: Set<String> = []

    /// Takes a mapping; a missing or null node is an empty one.
    ///
    /// `path` is the dotted key of the section.
    init(_ node: Node?, path: String = "", reader: ConfigurationReader) {
        self.reader = reader
        self.path = path
        self.position = node?.position
        guard let node, node.null == nil else { return }
        guard let mapping = node.mapping else {
            reader.report(node.position, path, "must be a mapping of keys to values")
            return
        }
        for (key, value) in mapping {
            if let name = key.scalar?.string {
                entries.append((key, name, value))
            } else {
                reader.report(key.position, path, "a key must be plain text")
            }
        }
    }

    /// Reads the section below a key.
    func section(_ name: String, _ body: (ConfigurationSection) -> Void) {
        known.insert(name)
        let section = ConfigurationSection(value(name), path: dotted(name), reader: reader)
        body(section)
        section.refuseUnknownKeys()
    }

    /// Sets `target` to the members of a list of mappings; `body` gives nil for a member with faults.
    func items<Item>(_ name: String, into target: inout [Item], _ body: (ConfigurationSection) -> Item?) {
        let node = ask(name)
        guard !reader.listsKeys else {
            _ = body(ConfigurationSection(nil, path: dotted(name) + "[]", reader: reader))
            return
        }
        guard let node else { return }
        guard let sequence = node.sequence else {
            return fault(name, "must be a list")
        }
        guard sequence.count <= Self.longestList else {
            return fault(name, "has more than \(Self.longestList) members")
        }
        target = sequence.enumerated().compactMap { index, node in
            let item = ConfigurationSection(node, path: "\(dotted(name))[\(index)]", reader: reader)
            defer { item.refuseUnknownKeys() }
            return body(item)
        }
    }

    /// Sets `target` to a whole number of the range.
    func integer(_ name: String, _ range: ClosedRange<Int>, into target: inout Int) {
        guard let node = ask(name) else { return }
        guard isPlain(node), let number = node.int, range.contains(number) else {
            return fault(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        target = number
    }

    /// Sets `target` to a time in whole seconds.
    func seconds(_ name: String, _ range: ClosedRange<Int>, into target: inout Duration) {
        var seconds = Int(target.components.seconds)
        integer(name, range, into: &seconds)
        target = .seconds(seconds)
    }

    /// Sets `target` to true or false.
    func flag(_ name: String, into target: inout Bool) {
        guard let node = ask(name) else { return }
        guard isPlain(node), let flag = node.bool else { return fault(name, "must be true or false") }
        target = flag
    }

    /// Sets `target` to what the form makes of a text.
    func text<Value>(_ name: String, _ form: TextForm<Value>, into target: inout Value) {
        if let value = text(name, form) { target = value }
    }

    /// Sets `target`, which has no default, to what the form makes of a text.
    func text<Value>(_ name: String, _ form: TextForm<Value>, into target: inout Value?) {
        if let value = text(name, form) { target = value }
    }

    /// What the form makes of a text; nil when the key is not given, and when it has a fault.
    func text<Value>(_ name: String, _ form: TextForm<Value>) -> Value? {
        guard let node = ask(name) else { return nil }
        guard let text = node.scalar?.string, let value = form.parse(text) else {
            fault(name, "must be \(form.meaning)")
            return nil
        }
        return value
    }

    /// What the form makes of each member of a list; nil when the key is not given.
    func list<Value>(_ name: String, _ form: TextForm<Value>, allowsEmpty: Bool = false) -> [Value]? {
        guard let node = ask(name) else { return nil }
        guard let sequence = node.sequence, allowsEmpty || !sequence.isEmpty else {
            fault(name, "must be a list, each member \(form.meaning)")
            return nil
        }
        guard sequence.count <= Self.longestList else {
            fault(name, "has more than \(Self.longestList) members")
            return nil
        }
        return sequence.compactMap { node in
            if let text = node.scalar?.string, let value = form.parse(text) { return value }
            reader.report(node.position, dotted(name), "each member must be \(form.meaning)")
            return nil
        }
    }

    /// Reports a key that people may try but that is never right.
    func refuse(_ name: String, _ advice: String) {
        guard let entry = entries.first(where: { $0.name == name }) else { return }
        refused.insert(name)
        reader.report(entry.key.position, dotted(name), advice)
    }

    /// Whether the key has a value.
    func has(_ name: String) -> Bool {
        value(name) != nil
    }

    /// Reports a fault at the value of a key, or at the section when it is not given.
    func fault(_ name: String, _ advice: String) {
        reader.report(value(name)?.position ?? position, dotted(name), advice)
    }

    /// Reports each key that nobody has asked for.
    func refuseUnknownKeys() {
        for entry in entries where !known.contains(entry.name) && !refused.contains(entry.name) {
            let names = known.sorted().joined(separator: ", ")
            reader.report(entry.key.position, dotted(entry.name), "unknown key; known here: \(names)")
        }
    }

    /// Longer lists of users, addresses or folders are surely a mistake.
    private static let longestList = 10_000

    private func dotted(_ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    private func ask(_ name: String) -> Node? {
        known.insert(name)
        let node = value(name)
        reader.ask(dotted(name), node)
        return node
    }

    private func value(_ name: String) -> Node? {
        entries.first { $0.name == name }.map(\.value).flatMap { $0.null == nil ? $0 : nil }
    }

    private func isPlain(_ node: Node) -> Bool {
        node.scalar?.style == .plain
    }
}
