internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let snapshotList = Method(
        "snapshot_list", "Lists the snapshots of a dataset, oldest first.", .viewer,
        .required("dataset", .dataset, "The file system or volume."),
        .optional("limit", .integer(1...1_000_000), "Snapshots in one answer; without it all."),
        .optional("cursor", .string, "Where the answer before this one ended: its next_cursor."),
        .flag("recursive", "Also the snapshots of everything below."),
        result: .object([
            "dataset": .string(),
            "snapshots": .array(.string("short name")),
            "entries": .array(
                .object([
                    "name": .string("full name"), "snapshot": .string("short name"), "creation": .string("RFC 3339"),
                    "guid": .string("64 bits, decimal"), "createtxg": .integer(), "used": .integer("bytes"),
                    "referenced": .integer("bytes"), "holds": .integer(),
                ])),
            "next_cursor": .nullable(.string("null at the end")),
        ]),
        answer: { call, dataset, limit, cursor, recursive in
            let list = ZFS.List(
                [.dataset(dataset)], types: [.snapshot], recursive: recursive, depth: recursive ? nil : 1,
                columns: [.name, .creation, .guid, .createtxg, .used, .referenced, .userrefs],
                sort: [SortKey(.createtxg), SortKey(.name)])
            let start = try cursor.map { text throws(RPCError) in try SnapshotCursor(text) }
            var answer = ListAnswer(call)
            var count = 0
            var last: SnapshotCursor?
            var next: JSONValue = .null
            try await call.runner.forEachRow(of: list) { row in
                guard let createtxg = UInt64(row[3]), let at = row[0].firstIndex(of: "@") else {
                    throw OutputError(expected: "a snapshot", line: row.joined(separator: "\t").utf8)
                }
                let place = SnapshotCursor(createtxg: createtxg, name: row[0])
                if let start, !start.isBefore(place) { return }
                if let limit, count == limit {
                    if let last { next = .string(last.text) }
                    return
                }
                count += 1
                last = place
                let short = String(row[0][row[0].index(after: at)...])
                try answer.append(
                    name: short,
                    entry: .object([
                        "name": .string(row[0]), "snapshot": .string(short), "creation": .timestamp(row[1]),
                        "guid": .string(row[2]), "createtxg": .number(row[3]), "used": .figure(row[4]),
                        "referenced": .figure(row[5]), "holds": .figure(row[6]),
                    ]))
            }
            return answer.finish(["dataset": .string(dataset.text)], names: "snapshots", ["next_cursor": next])
        }
    )
}

/// A place in a list of snapshots in the order of creation, which stays right while others come and go.
struct SnapshotCursor {
    let createtxg: UInt64
    let name: String

    init(createtxg: UInt64, name: String) {
        self.createtxg = createtxg
        self.name = name
    }

    /// Parses what `text` gave.
    init(_ text: String) throws(RPCError) {
        guard
            let separator = text.firstIndex(of: "/"), let createtxg = UInt64(text[..<separator]),
            let name = try? SnapshotName(String(text[text.index(after: separator)...]))
        else {
            throw .value("cursor", "this is no next_cursor of an earlier answer")
        }
        self.init(createtxg: createtxg, name: name.text)
    }

    var text: String { "\(createtxg)/\(name)" }

    /// Whether this place comes before another in the list.
    func isBefore(_ other: SnapshotCursor) -> Bool {
        if createtxg != other.createtxg { return createtxg < other.createtxg }
        return name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }
}
