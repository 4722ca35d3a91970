internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let datasetLoadKey = Method(
        "dataset_load_key", "Loads the encryption key of a dataset.", .admin,
        .required("dataset", .dataset, "The encryption root."),
        .optional("key", .key, "The passphrase or hex key; without it, keylocation tells. Never logged."),
        .flag("recursive", "Also for encryption roots below."),
        result: .keyStatus
    ) { call, dataset, key, recursive in
        let load = ZFS.LoadKey(.dataset(dataset), recursive: recursive, location: key == nil ? nil : .prompt)
        try await call.runner.run(load, input: key)
        return try await call.keyStatus(of: dataset)
    }

    static let datasetUnloadKey = Method(
        "dataset_unload_key", "Unloads the encryption key of a dataset, which must not be mounted.", .admin,
        .required("dataset", .dataset, "The encryption root."),
        .flag("recursive", "Also for encryption roots below."),
        result: .keyStatus
    ) { call, dataset, recursive in
        try await call.runner.run(ZFS.UnloadKey(.dataset(dataset), recursive: recursive))
        return try await call.keyStatus(of: dataset)
    }

    static let datasetChangeKey = Method(
        "dataset_change_key", "Changes the key that wraps the encryption key of a dataset.", .admin,
        .required("dataset", .dataset, "The encryption root; its key is loaded."),
        .optional("key", .key, "The new passphrase or hex key; without it, keylocation tells. Never logged."),
        .properties("keyformat, keylocation, pbkdf2iters."),
        result: .keyStatus
    ) { call, dataset, key, properties in
        var properties = properties
        if key != nil { properties.append(PropertyAssignment(.keylocation, try PropertyValue("prompt"))) }
        try await call.runner.run(
            ZFS.ChangeKey(dataset, properties: properties), input: key)
        return try await call.keyStatus(of: dataset)
    }
}

extension Schema {
    fileprivate static var keyStatus: Schema { .object(["dataset": .string(), "keystatus": .string()]) }
}

extension Call {
    fileprivate func keyStatus(of dataset: DatasetName) async throws -> JSONValue {
        let status = try await runner.run(ZFS.GetValue(.dataset(dataset), .keystatus))
        return .object(["dataset": .string(dataset.text), "keystatus": .string(status)])
    }
}
