internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder

extension Method {
    static let datasetCreate = Method(
        "dataset_create", "Creates a file system.", .admin,
        .required("dataset", .datasetEntry, "The new file system."),
        .properties("Properties to set on it."),
        .outwardFlag(
            "parents", "can create file systems above a subtree",
            "Also creates missing file systems above it."),
        .optional("key", .key, "The encryption key; properties has keyformat, keylocation is prompt. Never logged."),
        result: .object(["dataset": .string(), "created": .constant(true)])
    ) { call, dataset, properties, parents, key in
        try dataset.checkIsInPool("dataset")
        var properties = properties
        if key != nil { try properties.askForKey() }
        if parents, let parent = dataset.parent, parent.parent != nil {
            // With -p an existing dataset is a success that ignores the properties, which is right above the new one only.
            try await call.runner.run(ZFS.CreateFilesystem(parent, parents: true, unmounted: geteuid() != 0))
        }
        // Only root can mount: others get a file system that is not mounted instead of an error after the fact.
        let create = ZFS.CreateFilesystem(dataset, properties: properties, unmounted: geteuid() != 0)
        try await call.runner.run(create, input: key)
        return .object(["dataset": .string(dataset.text), "created": true])
    }

    static let datasetRename = Method(
        "dataset_rename", "Renames a file system or volume, within its pool.", .admin,
        .required("dataset", .datasetEntry, "The present name."),
        .required("new_name", .datasetEntry, "The new full name."),
        .outwardFlag(
            "parents", "can create file systems above a subtree",
            "Also creates missing file systems above the new name."),
        result: .object(["old_name": .string(), "new_name": .string(), "renamed": .constant(true)])
    ) { call, dataset, newName, parents in
        try newName.checkIsInPool("new_name")
        try await call.runner.run(ZFS.Rename(dataset, to: newName, parents: parents))
        return .object(["old_name": .string(dataset.text), "new_name": .string(newName.text), "renamed": true])
    }

    static let datasetPromote = Method(
        "dataset_promote", "Makes a clone independent of its origin; the origin then depends on it.", .admin,
        scope: .everything,
        .required("dataset", .dataset, "The clone."),
        result: .object(["dataset": .string(), "promoted": .constant(true)])
    ) { call, dataset in
        try await call.runner.run(ZFS.Promote(dataset))
        return .object(["dataset": .string(dataset.text), "promoted": true])
    }

    static let datasetMount = Method(
        "dataset_mount", "Mounts a file system.", .admin,
        .required("dataset", .dataset, "The file system."),
        result: .object(
            ["dataset": .string(), "mounted": .constant(true)], optional: ["already_mounted": .constant(true)])
    ) { call, dataset in
        do {
            try await call.runner.run(ZFS.Mount(.dataset(dataset)))
            return .object(["dataset": .string(dataset.text), "mounted": true])
        } catch let error as CommandFailed where error.failure.reason == .mountAlreadyMounted {
            return .object(["dataset": .string(dataset.text), "mounted": true, "already_mounted": true])
        }
    }

    static let datasetUnmount = Method(
        "dataset_unmount", "Unmounts a file system and those below it that are mounted.", .admin,
        .required("dataset", .dataset, "The file system."),
        .flag("force", "Unmounts although it is in use."),
        result: .object(
            ["dataset": .string(), "mounted": .constant(false)], optional: ["already_unmounted": .constant(true)])
    ) { call, dataset, force in
        do {
            try await call.runner.run(ZFS.Unmount(.dataset(dataset), force: force))
            return .object(["dataset": .string(dataset.text), "mounted": false])
        } catch let error as CommandFailed where error.failure.reason == .mountNotMounted {
            return .object(["dataset": .string(dataset.text), "mounted": false, "already_unmounted": true])
        }
    }
}

extension [PropertyAssignment] {
    /// Makes sure that ZFS reads the key from standard input, and does not make an unencrypted dataset instead.
    fileprivate mutating func askForKey() throws {
        guard contains(where: { $0.name == .keyformat }) else {
            throw RPCError.parameter(
                "key", "missing_parameter", "with a key, properties must have keyformat: passphrase, hex or raw")
        }
        guard let location = first(where: { $0.name == .keylocation }) else {
            append(PropertyAssignment(.keylocation, try PropertyValue("prompt")))
            return
        }
        if location.value.text != "prompt" {
            throw RPCError.value("key", "keylocation is \(location.value), so the key would not be read")
        }
    }
}
