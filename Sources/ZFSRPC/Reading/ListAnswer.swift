/// A list as names and, unless they are not asked for, as entries; built row by row in flat memory.
struct ListAnswer {
    private var names: Spool
    private var entries: Spool
    private var isEmpty = true
    private let hasEntries: Bool

    init(_ call: Call, hasEntries: Bool = true) {
        self.hasEntries = hasEntries
        names = call.spool()
        entries = call.spool()
    }

    /// Adds one row.
    mutating func append(name: String, entry: JSONValue? = nil) throws(SpoolError) {
        var nameText: [UInt8] = isEmpty ? [] : [UInt8(ascii: ",")]
        var entryText = nameText
        isEmpty = false
        JSONValue.string(name).encode(to: &nameText)
        try names.append(nameText)
        guard hasEntries, let entry else { return }
        entry.encode(to: &entryText)
        try entries.append(entryText)
    }

    /// The result: `first`, then the names and the entries, then `last`.
    func finish(
        _ first: KeyValuePairs<String, JSONValue?>,
        names namesKey: String,
        _ last: KeyValuePairs<String, JSONValue?> = [:]
    ) -> Method.Answer {
        var start = JSONValue.object(first).encoded.dropLast()
        if start.count > 1 { start.append(UInt8(ascii: ",")) }
        var body = ResponseBody(start + Array("\"\(namesKey)\":[".utf8))
        body.append(names)
        if hasEntries {
            body.append(Array(#"],"entries":["#.utf8))
            body.append(entries)
        }
        let end = JSONValue.object(last).encoded.dropFirst()
        body.append([UInt8(ascii: "]")] + (end.count > 1 ? [UInt8(ascii: ",")] : []) + end)
        return .text(body)
    }
}
