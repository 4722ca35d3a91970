internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let snapshotCreate = Method(
        "snapshot_create", "Creates a snapshot.", .operate, failureCode: .snapshotFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("name", .component, "The short name."),
        .flag("recursive", "Also of everything below, in one atomic step."),
        .properties("User properties to set on it."),
        result: .created
    ) { call, dataset, name, recursive, properties in
        try await call.runner.run(
            ZFS.Snapshot([SnapshotName(dataset, name)], recursive: recursive, properties: properties))
        return .object(["dataset": .string(dataset.text), "snapshot": .string(name.text), "created": true])
    }

    static let snapshotCreateAuto = Method(
        "snapshot_create_auto", "Creates a snapshot named after tags and the time in UTC.", .operate,
        failureCode: .snapshotFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("tag", .component, "How the name begins: tag_YYYY-MM-DD-HH-MM."),
        .optional("tag1", .component, "A second tag: tag_tag1_YYYY-MM-DD-HH-MM."),
        .flag("recursive", "Also of everything below, in one atomic step."),
        result: .created
    ) { call, dataset, tag, tag1, recursive in
        let now = Timestamp.now
        let prefix = tag1.map { "\(tag.text)_\($0.text)_" } ?? "\(tag.text)_"
        // Within one minute the second snapshot gets the seconds too.
        for withSeconds in [false, true] {
            let name = try ComponentName(prefix + now.dashed(withSeconds: withSeconds))
            do {
                try await call.runner.run(ZFS.Snapshot([SnapshotName(dataset, name)], recursive: recursive))
                return .object(["dataset": .string(dataset.text), "snapshot": .string(name.text), "created": true])
            } catch let error as CommandFailed where error.failure.reason == .snapshotExists && !withSeconds {
                continue
            }
        }
        throw RPCError(
            .snapshotFailed, "snapshot_exists", "a snapshot of this second exists already; try again", isRetryable: true)
    }

    static let snapshotDestroy = Method(
        "snapshot_destroy", "Destroys one snapshot.", .operate,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .flag("recursive", "Also the snapshots of that name of everything below."),
        .flag("defer", "If it is held or cloned, destroys it as soon as it no longer is."),
        .flag("dry_run", "Destroys nothing, only tells what would be freed."),
        result: .object(
            [
                "snapshot": .string("full name"), "destroyed": .boolean("false in a dry run, and while it is deferred"),
                "destroyed_snapshots": .array(.string()), "reclaimed_bytes": .nullable(.integer("bytes")),
            ], optional: ["deferred": .constant(true), "dry_run": .constant(true)])
    ) { call, dataset, snapshot, recursive, deferred, dryRun in
        let name = try SnapshotName(dataset, snapshot)
        let destroy = try ZFS.DestroySnapshots(
            dataset, [snapshot], recursive: recursive, deferred: deferred, dryRun: dryRun)
        let report: DestroyReport
        do {
            report = try await call.runner.run(destroy)
        } catch let error as CommandFailed where error.failure.reason == .busy {
            throw try await call.heldInstead(of: error, name)
        }
        // A deferred destruction of a snapshot in use succeeds and leaves the snapshot.
        let remains = deferred && !dryRun ? try await call.exists(name) : false
        return .object([
            "snapshot": .string(name.text), "destroyed": .bool(!dryRun && !remains),
            "destroyed_snapshots": .strings(report.destroyed),
            "reclaimed_bytes": report.reclaimed.map { .integer($0) } ?? .null,
            "deferred": remains ? true : nil, "dry_run": dryRun ? true : nil,
        ])
    }

    static let snapshotRename = Method(
        "snapshot_rename", "Renames a snapshot.", .operate,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The present short name."),
        .required("new_name", .component, "The new short name."),
        .flag("recursive", "Also the snapshots of that name of everything below."),
        result: .object([
            "dataset": .string(), "snapshot": .string("the new short name"), "old_name": .string(),
            "renamed": .constant(true),
        ])
    ) { call, dataset, snapshot, newName, recursive in
        try await call.runner.run(
            ZFS.RenameSnapshot(SnapshotName(dataset, snapshot), to: newName, recursive: recursive))
        return .object([
            "dataset": .string(dataset.text), "snapshot": .string(newName.text), "old_name": .string(snapshot.text),
            "renamed": true,
        ])
    }

    static let cloneCreate = Method(
        "clone_create", "Creates a file system or volume from a snapshot, sharing its blocks.", .admin,
        .required("source", .snapshot, "The snapshot, as dataset@name."),
        .required("target", .dataset, "The new dataset, in the same pool."),
        .properties("Properties to set on it."),
        result: .object(["source": .string(), "clone": .string(), "created": .constant(true)])
    ) { call, source, target, properties in
        try await call.runner.run(ZFS.Clone(source, to: target, properties: properties))
        return .object(["source": .string(source.text), "clone": .string(target.text), "created": true])
    }
}

extension Schema {
    fileprivate static var created: Schema {
        .object(["dataset": .string(), "snapshot": .string("short name"), "created": .constant(true)])
    }
}

extension Call {
    /// Before 2.3, OpenZFS says "busy" of a snapshot that is held; the holds tell which it is.
    fileprivate func heldInstead(of error: CommandFailed, _ snapshot: SnapshotName) async throws -> any Error {
        let holds = try await numbers(of: .snapshot(snapshot), [.userrefs])["userrefs"] ?? 0
        if holds == 0 { return error }
        return RPCError(
            .holdFailed, "held",
            "\(snapshot) has \(holds) hold\(holds == 1 ? "" : "s"); snapshot_holds_list shows them, snapshot_release removes one",
            standardError: error.failure.standardError)
    }

    fileprivate func exists(_ snapshot: SnapshotName) async throws -> Bool {
        do {
            _ = try await runner.run(ZFS.List([.snapshot(snapshot)], types: [.snapshot]))
            return true
        } catch let error as CommandFailed where error.failure.reason == .snapshotNotFound {
            return false
        }
    }
}
