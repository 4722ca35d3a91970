internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let poolList = Method(
        "pool_list", "Lists the imported pools.", .viewer,
        result: .object([
            "pools": .array(.string("name")),
            "entries": .array(
                .object([
                    "name": .string(), "size": .integer("bytes"), "allocated": .integer("bytes"),
                    "free": .integer("bytes"), "fragmentation": .nullable(.integer("percent")),
                    "capacity": .nullable(.integer("percent")), "dedup_ratio": .nullable(.number()),
                    "health": .string(), "guid": .string("64 bits, decimal"),
                ])),
        ]),
        answer: { call in
            let columns = try [
                "name", "size", "allocated", "free", "fragmentation", "capacity", "dedupratio", "health",
                "guid",
            ].map { text throws(NameError) in try PropertyName(text) }
            var answer = ListAnswer(call)
            for row in try await call.runner.run(ZPool.List(columns: columns)) {
                try answer.append(
                    name: row[0],
                    entry: .object([
                        "name": .string(row[0]), "size": .figure(row[1]), "allocated": .figure(row[2]),
                        "free": .figure(row[3]), "fragmentation": .figure(row[4]), "capacity": .figure(row[5]),
                        "dedup_ratio": .figure(row[6]), "health": .string(row[7]), "guid": .string(row[8]),
                    ]))
            }
            return answer.finish([:], names: "pools")
        }
    )

    static let poolGetProperties = Method(
        "pool_get_properties", "Gives exact property values of a pool.", .viewer,
        .required("pool", .pool, "The pool."),
        .propertySelection(),
        result: .object(
            ["pool": .string(), "properties": .map(.string("exact value")), "sources": .map(.string())],
            optional: ["property": .string(), "value": .string()])
    ) { call, pool, property in
        var get = ZPool.Get(
            [pool], properties: property.map { .only([$0]) } ?? .all, columns: [.name, .property, .source])
        let keys = get
        get.columns = [.name, .property, .value, .source]
        let rows = try await call.exactValues(keys: keys, rows: get) { _, property in
            ZPool.GetValue(pool, try PropertyName(property))
        }
        var members = [JSONMember("pool", .string(pool.text))] + rows.members
        if let property {
            members.append(JSONMember("property", .string(property.text)))
            members.append(JSONMember("value", .string(rows.first?.value ?? "-")))
        }
        return .object(members)
    }

    static let poolSetProperty = Method(
        "pool_set_property", "Sets a property of a pool.", .admin, scope: .everything,
        .required("pool", .pool, "The pool."),
        .required("property", .changedProperty, "The property."),
        .required("value", .propertyValue, "The value."),
        result: .object(["pool": .string(), "property": .string(), "value": .string()])
    ) { call, pool, property, value in
        try await call.runner.run(ZPool.Set(pool, PropertyAssignment(property, value)))
        return .object([
            "pool": .string(pool.text), "property": .string(property.text), "value": .string(value.text),
        ])
    }
}
