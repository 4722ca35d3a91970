/// A pool that `zpool import` found on the devices of the machine.
public struct ImportablePool: Hashable, Sendable {
    /// The name; several pools can have the same.
    public let name: String
    /// The identity, which tells them apart.
    public let guid: GUID
    /// Its state.
    public let state: VdevState
    /// Whether `zpool destroy` marked it as destroyed.
    public let isDestroyed: Bool
    /// What is wrong, in sentences; nil when all is well.
    public let status: String?
    /// What to do to import it.
    public let action: String?
    /// Where to read about it.
    public let see: String?
    /// Its `comment` property.
    public let comment: String?
    /// The devices as lines of text, indented as they were by two spaces a level.
    public let configuration: [String]

    /// Reads the output of `zpool import`.
    /// - Throws: `OutputError` for a line that has no place in it.
    static func list(_ output: [UInt8]) throws(OutputError) -> [ImportablePool] {
        var groups: [[LabelledText.Section]] = []
        for section in try LabelledText(output).sections {
            if section.label == "pool" {
                groups.append([section])
            } else if groups.isEmpty {
                throw OutputError(expected: "the name of a pool", line: section.lines.first ?? [])
            } else {
                groups[groups.count - 1].append(section)
            }
        }
        var pools: [ImportablePool] = []
        for group in groups {
            pools.append(try ImportablePool(group))
        }
        return pools
    }

    private init(_ sections: [LabelledText.Section]) throws(OutputError) {
        let text = { (label: String) in sections.first { $0.label == label }?.text }
        let words = (text("state") ?? "").split(separator: " ").map(String.init)
        guard let first = words.first, let state = VdevState(rawValue: first),
            words.count == 1 || words == [first, "(DESTROYED)"]
        else { throw OutputError(expected: "the state of a pool", line: (text("state") ?? "").utf8) }
        guard let guid = try? GUID(text("id") ?? "") else {
            throw OutputError(expected: "the guid of a pool", line: (text("id") ?? "").utf8)
        }
        name = sections[0].lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        self.guid = guid
        self.state = state
        isDestroyed = words.count == 2
        status = text("status")
        action = text("action")
        see = text("see")
        comment = text("comment")
        configuration = (sections.first { $0.label == "config" }?.lines ?? [])
            .filter { !trimmed($0).isEmpty }
            .map { String(decoding: $0.first == 0x09 ? $0.dropFirst() : $0, as: UTF8.self) }
    }
}
