internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let snapshotRollback = Method(
        "snapshot_rollback", "Takes a dataset back to a snapshot; what was written since is lost.", .admin,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .flag("destroy_newer", "Destroys the snapshots and bookmarks that are newer."),
        .flag("dry_run", "Changes nothing, only tells what would be destroyed."),
        result: .object(
            [
                "dataset": .string(), "snapshot": .string(), "rolled_back": .boolean("false in a dry run"),
                "destroyed": .array(.string("snapshot or bookmark")),
            ], optional: ["dry_run": .constant(true)])
    ) { call, dataset, snapshot, destroyNewer, dryRun in
        let name = try SnapshotName(dataset, snapshot)
        let newer = try await call.newer(than: name)
        if !newer.isEmpty, !destroyNewer {
            let count = newer.count == 1 ? "1 snapshot or bookmark is" : "\(newer.count) snapshots or bookmarks are"
            throw RPCError(
                .conflict, "newer_snapshots",
                "\(count) newer than \(name): \(newer.prefix(5).joined(separator: ", "))\(newer.count > 5 ? ", ..." : ""); "
                    + "pass destroy_newer to destroy them",
                details: .object(["names": .strings(newer.prefix(100)), "count": .integer(newer.count)]))
        }
        if !dryRun {
            // Just what was listed goes, not what came since: that makes the rollback fail.
            try await call.destroy(newer, of: dataset)
            try await call.runner.run(ZFS.Rollback(name))
        }
        return .object([
            "dataset": .string(dataset.text), "snapshot": .string(snapshot.text), "rolled_back": .bool(!dryRun),
            "destroyed": .strings(newer), "dry_run": dryRun ? true : nil,
        ])
    }
}

extension Call {
    /// Destroys snapshots and bookmarks of a dataset; snapshots first, since they can be held or cloned.
    fileprivate func destroy(_ names: [String], of dataset: DatasetName) async throws {
        var snapshots: [ComponentName] = []
        var bookmarks: [BookmarkName] = []
        for name in names {
            switch try DatasetReference(name) {
            case .snapshot(let snapshot): snapshots.append(snapshot.component)
            case .bookmark(let bookmark): bookmarks.append(bookmark)
            case .dataset: throw OutputError(expected: "a snapshot or bookmark", line: name.utf8)
            }
        }
        // One argument of a process has at most 128 KiB.
        while !snapshots.isEmpty {
            _ = try await runner.run(ZFS.DestroySnapshots(dataset, Array(snapshots.prefix(400))))
            snapshots.removeFirst(min(400, snapshots.count))
        }
        for bookmark in bookmarks { try await runner.run(ZFS.DestroyBookmark(bookmark)) }
    }

    /// The snapshots and bookmarks of the same dataset that were created after a snapshot.
    fileprivate func newer(than snapshot: SnapshotName) async throws -> [String] {
        let list = ZFS.List(
            [.dataset(snapshot.dataset)], types: [.snapshot, .bookmark], depth: 1, columns: [.name, .createtxg],
            sort: [SortKey(.createtxg)])
        let rows = try await runner.run(list)
        guard let start = rows.first(where: { $0[0] == snapshot.text }).flatMap({ UInt64($0[1]) }) else {
            throw RPCError(
                .snapshotNotFound, "snapshot_not_found",
                "\(snapshot) does not exist; snapshot_list shows the snapshots of \(snapshot.dataset)")
        }
        return rows.filter { row in UInt64(row[1]).map { $0 > start } ?? true }.map { $0[0] }
    }
}
