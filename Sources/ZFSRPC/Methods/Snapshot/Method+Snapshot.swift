internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let snapshotCreate = Method(
        "snapshot_create", "Creates a snapshot.", .operator, failureCode: .snapshotFailed,
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
        "snapshot_create_auto", "Creates a snapshot named after tags and the time in UTC.", .operator,
        failureCode: .snapshotFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("tag", .component, "How the name begins: tag_YYYY-MM-DD-HH-MM, with -SS added when that is taken."),
        .optional("tag1", .component, "A second tag, behind the first: tag_tag1_YYYY-MM-DD-HH-MM."),
        .flag("recursive", "Also of everything below, in one atomic step."),
        result: .created
    ) { call, dataset, tag, tag1, recursive in
        let now = UTCDateTime.now
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
            .snapshotFailed, "snapshot_exists", "a snapshot of this second exists already; try again", isRetryable: true
        )
    }

    static let snapshotDestroy = Method(
        "snapshot_destroy", "Destroys one snapshot.", .operator,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .flag("recursive", "Also the snapshots of that name of everything below."),
        .flag("defer", "If it is held or cloned, destroys it as soon as it no longer is."),
        .flag("dry_run", "Destroys nothing, only tells what would be freed."),
        result: .object(
            [
                "snapshot": .string("full name"),
                "destroyed": .boolean("false in a dry run, and while any is deferred"),
                "destroyed_snapshots": .array(.string()), "reclaimed_bytes": .nullable(.integer("bytes")),
            ], optional: ["deferred_snapshots": .array(.string()), "dry_run": .constant(true)])
    ) { call, dataset, snapshot, recursive, deferred, dryRun in
        let name = try SnapshotName(dataset, snapshot)
        let destroy = try ZFS.DestroySnapshots(
            dataset, [snapshot], recursive: recursive, deferred: deferred, dryRun: dryRun)
        let report: DestroyReport
        do {
            report = try await call.runner.run(destroy)
        } catch let error as CommandFailed where error.failure.reason == .busy {
            throw await call.heldInstead(of: error, name, recursive: recursive)
        } catch let error as CommandFailed where error.failure.reason == .hasClones {
            throw RPCError(
                error.failure, failureCode: .operationFailed,
                advice: "promote or destroy the clones first, or pass defer: the snapshot then goes with the last")
        } catch let error as CommandFailed where error.failure.reason == .held {
            throw RPCError(error.failure, failureCode: .operationFailed, advice: heldAdvice)
        }
        // A deferred destruction of a snapshot in use succeeds and leaves the snapshot.
        let remaining = deferred && !dryRun ? try await call.remaining(of: report.destroyed, in: dataset) : []
        return .object([
            "snapshot": .string(name.text), "destroyed": .bool(!dryRun && remaining.isEmpty),
            "destroyed_snapshots": .strings(report.destroyed.filter { !remaining.contains($0) }),
            "reclaimed_bytes": report.reclaimed.map { .integer($0) } ?? .null,
            "deferred_snapshots": remaining.isEmpty ? nil : .strings(remaining.sorted()),
            "dry_run": dryRun ? true : nil,
        ])
    }

    static let snapshotRename = Method(
        "snapshot_rename", "Renames a snapshot.", .operator,
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
        .required("target", .datasetEntry, "The new dataset, in the same pool."),
        .properties("Properties to set on it."),
        result: .object(["source": .string(), "clone": .string(), "created": .constant(true)])
    ) { call, source, target, properties in
        try target.checkIsInPool("target")
        try await call.runner.run(ZFS.Clone(source, to: target, properties: properties))
        return .object(["source": .string(source.text), "clone": .string(target.text), "created": true])
    }
}

/// What `snapshot_destroy` offers against holds.
private let heldAdvice =
    "snapshot_holds_list shows the holds, snapshot_release removes one, or pass defer: the snapshot then goes with the last"

extension Schema {
    fileprivate static var created: Schema {
        .object(["dataset": .string(), "snapshot": .string("short name"), "created": .constant(true)])
    }
}

extension Call {
    /// Before 2.3, OpenZFS says "busy" of a snapshot that is held; the holds tell which it is.
    fileprivate func heldInstead(
        of error: CommandFailed,
        _ snapshot: SnapshotName,
        recursive: Bool
    ) async -> any Error {
        guard
            let counts = try? await holdCounts(of: snapshot, recursive: recursive), !counts.isEmpty
        else { return error }
        let names = counts.keys.sorted()
        return RPCError(
            .holdFailed, "held",
            "\(names.prefix(5).joined(separator: ", ")) \(names.count == 1 ? "is" : "are") held; "
                + heldAdvice,
            standardError: error.failure.standardError, details: .object(["names": .strings(names.prefix(100))]))
    }

    /// Those of some snapshots of a dataset, and of what is below it, that exist.
    fileprivate func remaining(of names: [String], in dataset: DatasetName) async throws -> Set<String> {
        let list = ZFS.List([.dataset(dataset)], types: [.snapshot], recursive: true, columns: [.name])
        var remaining: Set<String> = []
        let names = Set(names)
        try await runner.forEachRow(of: list) { row in
            if names.contains(row[0]) { remaining.insert(row[0]) }
        }
        return remaining
    }
}
