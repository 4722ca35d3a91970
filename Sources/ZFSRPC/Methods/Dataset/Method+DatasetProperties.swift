internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let datasetGetProperties = Method(
        "dataset_get_properties", "Gives exact property values of a dataset or snapshot, and where they come from.",
        .viewer,
        .required("dataset", .reference, "The file system, volume, snapshot or bookmark."),
        .propertySelection(),
        result: .object(
            ["dataset": .string(), "properties": .map(.string("exact value")), "sources": .map(.string())],
            optional: ["property": .string(), "value": .string()])
    ) { call, dataset, property in
        let rows = try await call.properties(of: [dataset], property.map { .named([$0]) } ?? .all)
        var members = [JSONMember("dataset", .string(dataset.text))] + rows.members
        if let property {
            members.append(JSONMember("property", .string(property.text)))
            members.append(JSONMember("value", .string(rows.first?.value ?? "-")))
        }
        return .object(members)
    }

    static let datasetSetProperty = Method(
        "dataset_set_property", "Sets a property of a dataset or snapshot.", .admin,
        .required("dataset", .reference, "The file system, volume or snapshot."),
        .required("property", .changedProperty, "The property."),
        .required("value", .propertyValue, "The value."),
        result: .object(["dataset": .string(), "property": .string(), "value": .string()])
    ) { call, dataset, property, value in
        try await call.runner.run(ZFS.Set([PropertyAssignment(property, value)], on: [dataset]))
        return .object([
            "dataset": .string(dataset.text), "property": .string(property.text), "value": .string(value.text),
        ])
    }

    static let datasetInheritProperty = Method(
        "dataset_inherit_property", "Clears a property, so that it is inherited or has its default again.", .admin,
        .required("dataset", .reference, "The file system, volume or snapshot."),
        .required("property", .changedProperty, "The property."),
        .flag("recursive", "Also on everything below."),
        result: .object(["dataset": .string(), "property": .string(), "inherited": .constant(true)])
    ) { call, dataset, property, recursive in
        try await call.runner.run(ZFS.Inherit(property, on: [dataset], recursive: recursive))
        return .object([
            "dataset": .string(dataset.text), "property": .string(property.text), "inherited": true,
        ])
    }

    static let datasetGetSpace = Method(
        "dataset_get_space", "Tells what uses the space of a dataset, in bytes.", .viewer,
        .required("dataset", .dataset, "The file system or volume."),
        result: .object([
            "dataset": .string(),
            "space": .object([
                "name": .string(), "avail": .integer("bytes"), "used": .integer("bytes"),
                "usedsnap": .integer("bytes in snapshots"), "useddss": .integer("bytes in the dataset itself"),
                "usedrefreserv": .integer("bytes held by refreservation"), "usedchild": .integer("bytes below it"),
            ]),
        ])
    ) { call, dataset in
        let space = try await call.numbers(
            of: .dataset(dataset),
            [
                .available, .used, .usedbysnapshots, .usedbydataset, PropertyName("usedbyrefreservation"),
                .usedbychildren,
            ])
        func bytes(_ property: String) throws -> JSONValue {
            guard let number = space[property] else { throw OutputError(expected: property, line: []) }
            return .integer(number)
        }
        return .object([
            "dataset": .string(dataset.text),
            "space": .object([
                "name": .string(dataset.text), "avail": try bytes("available"), "used": try bytes("used"),
                "usedsnap": try bytes("usedbysnapshots"), "useddss": try bytes("usedbydataset"),
                "usedrefreserv": try bytes("usedbyrefreservation"), "usedchild": try bytes("usedbychildren"),
            ]),
        ])
    }
}
