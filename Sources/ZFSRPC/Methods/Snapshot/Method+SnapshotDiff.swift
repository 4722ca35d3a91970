internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let snapshotDiff = Method(
        "snapshot_diff",
        "Tells which files differ between two snapshots, or between a snapshot and now. With Accept: "
            + "application/x-ndjson the changes follow the result, one JSON text a line, without limit.",
        .viewer, failureCode: .diffFailed,
        .required("snapshot1", .snapshot, "The older snapshot, as dataset@name."),
        .optional("snapshot2", .reference, "The newer snapshot, or a clone; without it the present state."),
        .integer("limit", 1...1_000_000, default: 100_000, "Changes in one answer."),
        result: .object(
            ["snapshot1": .string(), "snapshot2": .string("\"current\" for the present state")],
            optional: [
                "changes": .object([
                    "new": .array(.change), "modified": .array(.change), "deleted": .array(.change),
                    "renamed": .array(
                        .object(
                            ["old_path": .string(), "new_path": .string(), "type": .string()],
                            optional: ["old_path_escaped": .string(), "new_path_escaped": .string()])),
                ]),
                "summary": .object([
                    "new_count": .integer(), "modified_count": .integer(), "deleted_count": .integer(),
                    "renamed_count": .integer(), "total_changes": .integer(),
                ]),
                "truncated": .boolean("whether there are more changes than the limit"),
                "format": .constant("ndjson"),
            ]),
        answer: { call, from, to, limit in
            let diff = ZFS.Diff(from, to: to)
            let names: [JSONMember] = [
                JSONMember("snapshot1", .string(from.text)), JSONMember("snapshot2", .string(to?.text ?? "current")),
            ]
            // Of a snapshot that is not there, zfs diff only says "No such file or directory".
            for target in [.snapshot(from), to].compactMap({ $0 }) {
                _ = try await call.runner.run(ZFS.GetValue(target, .guid))
            }
            if call.context.acceptsNDJSON {
                var lines = call.spool()
                try await call.runner.forEachRow(of: diff) { entry in
                    var line = entry.json(withChange: true).encoded
                    line.append(0x0A)
                    try lines.append(line)
                }
                return .lines(.object(names + [JSONMember("format", "ndjson")]), lines)
            }
            var answer = DiffAnswer(call)
            do {
                try await call.runner.forEachRow(of: diff) { entry in
                    if answer.total == limit { throw LimitReached() }
                    try answer.append(entry)
                }
                return answer.finish(names, isTruncated: false)
            } catch is LimitReached {
                return answer.finish(names, isTruncated: true)
            }
        }
    )
}

/// Ends a comparison that has more changes than asked for.
private struct LimitReached: Error {}

/// Changes by kind, built in flat memory.
private struct DiffAnswer {
    private static let kinds: KeyValuePairs<String, DiffEntry.Change> = [
        "new": .added, "modified": .modified, "deleted": .removed, "renamed": .renamed,
    ]

    private var spools: [DiffEntry.Change: Spool] = [:]
    private var counts: [DiffEntry.Change: Int] = [:]
    private(set) var total = 0

    init(_ call: Call) {
        for (_, change) in Self.kinds { spools[change] = call.spool() }
    }

    mutating func append(_ entry: DiffEntry) throws(SpoolError) {
        let isFirst = counts[entry.change, default: 0] == 0
        counts[entry.change, default: 0] += 1
        total += 1
        try spools[entry.change]?.append((isFirst ? [] : [UInt8(ascii: ",")]) + entry.json(withChange: false).encoded)
    }

    func finish(_ names: [JSONMember], isTruncated: Bool) -> Method.Answer {
        var body = ResponseBody(JSONValue.object(names).encoded.dropLast() + Array(#","changes":{"#.utf8))
        for (index, (name, change)) in Self.kinds.enumerated() {
            body.append(Array("\(index == 0 ? "" : ",")\"\(name)\":[".utf8))
            if let changes = spools[change] { body.append(changes) }
            body.append([UInt8(ascii: "]")])
        }
        let summary = Self.kinds.map { JSONMember("\($0.key)_count", .integer(counts[$0.value, default: 0])) }
        let rest: JSONValue = .object([
            "summary": .object(summary + [JSONMember("total_changes", .integer(total))]),
            "truncated": .bool(isTruncated),
        ])
        body.append(Array("},".utf8) + rest.encoded.dropFirst())
        return .text(body)
    }
}

extension Schema {
    fileprivate static var change: Schema {
        .object(["path": .string(), "type": .string("F D L B C P S O")], optional: ["path_escaped": .string()])
    }
}

extension DiffEntry {
    /// The entry as clients see it; a path that is not UTF-8 also comes as OpenZFS escapes it.
    fileprivate func json(withChange: Bool) -> JSONValue {
        let word: JSONValue? =
            if withChange {
                switch change {
                case .added: "new"
                case .modified: "modified"
                case .removed: "deleted"
                case .renamed: "renamed"
                }
            } else {
                nil
            }
        let type: JSONValue = .string(kind.rawValue)
        if change == .renamed {
            return .object([
                "change": word, "old_path": .string(path), "new_path": .string(newPath ?? ""), "type": type,
                "old_path_escaped": rawPath.map(Self.escaped), "new_path_escaped": rawNewPath.map(Self.escaped),
            ])
        }
        return .object([
            "change": word, "path": .string(path), "type": type, "path_escaped": rawPath.map(Self.escaped),
        ])
    }

    /// `zfs diff` escapes spaces, backslashes, control characters and bytes from 0x7f as `\0ooo`.
    private static func escaped(_ bytes: [UInt8]) -> JSONValue {
        var text = ""
        for byte in bytes {
            if byte <= 0x20 || byte >= 0x7F || byte == 0x5C {
                let digits = String(byte, radix: 8)
                text += "\\" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return .string(text)
    }
}
