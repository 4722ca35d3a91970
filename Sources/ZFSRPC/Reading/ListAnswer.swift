/// A list as names and, unless they are not asked for, as entries; built row by row in flat memory.
struct ListAnswer {
    private var names: Spool
    private var entries: Spool
    private var isEmpty = true
    private var hasEntries = true

    init(_ call: Call) {
        names = call.spool()
        entries = call.spool()
    }

    /// Adds one row; without entry the answer has none at all.
    mutating func append(name: String, entry: JSONValue? = nil) throws(SpoolError) {
        var nameText: [UInt8] = isEmpty ? [] : [UInt8(ascii: ",")]
        var entryText = nameText
        isEmpty = false
        JSONValue.string(name).encode(to: &nameText)
        try names.append(nameText)
        guard let entry else {
            hasEntries = false
            return
        }
        entry.encode(to: &entryText)
        try entries.append(entryText)
    }

    /// The result: `first`, then the names and the entries, then `last`.
    func finish(
        _ call: Call,
        _ first: KeyValuePairs<String, JSONValue?>,
        names namesKey: String,
        _ last: KeyValuePairs<String, JSONValue?> = [:]
    ) throws(SpoolError) -> Method.Answer {
        var spool = call.spool()
        var text = JSONValue.object(first).encoded
        text.removeLast()
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        try spool.append(text + Array("\"\(namesKey)\":[".utf8))
        try spool.append(names)
        if hasEntries {
            try spool.append(Array(#"],"entries":["#.utf8))
            try spool.append(entries)
        }
        let rest = JSONValue.object(last).encoded
        try spool.append([UInt8(ascii: "]")] + (rest.count > 2 ? [UInt8(ascii: ",")] : []) + rest.dropFirst())
        return .spooled(spool)
    }
}
