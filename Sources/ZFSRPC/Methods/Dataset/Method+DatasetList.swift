internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let datasetList = Method(
        "dataset_list", "Lists file systems and volumes; with a dataset, it and everything below it.", .viewer,
        .optional("dataset", .dataset, "Where to begin; without it all pools are listed."),
        .words("types", ["filesystem", "volume"], "Which types to list."),
        .optional("depth", .integer(0...50), "How many levels below the beginning; without it all."),
        .optional("properties", .list(.property), "Properties to give for each; with it the answer has entries."),
        result: .object(
            ["datasets": .array(.string("name"))],
            optional: [
                "entries": .array(
                    .object(["name": .string(), "type": .string(), "properties": .map(.string("exact value"))]))
            ]),
        answer: { call, dataset, types, depth, properties in
            let types = types.compactMap { DatasetType(rawValue: $0) }
            let scope = dataset.map { [DatasetReference.dataset($0)] } ?? []
            let list = ZFS.List(
                scope, types: types, recursive: dataset != nil, depth: depth, columns: [.name, .type])
            var answer = ListAnswer(call, hasEntries: properties != nil)
            guard let properties else {
                try await call.runner.forEachRow(of: list) { row in try answer.append(name: row[0]) }
                return answer.finish([:], names: "datasets")
            }
            let datasets = try await call.runner.run(list)
            var values: [String: [JSONMember]] = [:]
            if !properties.isEmpty, !datasets.isEmpty {
                let rows = try await call.properties(
                    of: scope, .named(properties), types: types, recursive: dataset != nil, depth: depth)
                for row in rows { values[row.name, default: []].append(JSONMember(row.property, .string(row.value))) }
            }
            for row in datasets {
                try answer.append(
                    name: row[0],
                    entry: .object([
                        "name": .string(row[0]), "type": .string(row[1]), "properties": .object(values[row[0]] ?? []),
                    ]))
            }
            return answer.finish([:], names: "datasets")
        }
    )
}
