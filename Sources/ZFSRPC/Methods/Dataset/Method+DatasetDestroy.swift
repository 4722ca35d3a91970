internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let datasetDestroy = Method(
        "dataset_destroy", "Destroys a file system or volume.", .admin,
        .required(
            "dataset", .datasetEntry, "The file system or volume; snapshots and bookmarks have methods of their own."),
        .flag("recursive", "Also everything below it, snapshots included (zfs destroy -r)."),
        .outwardFlag(
            "dependents", "destroys clones wherever they are",
            "Also clones of its snapshots, wherever they are (zfs destroy -R)."),
        .flag("dry_run", "Destroys nothing, only tells what would be destroyed."),
        result: .object(
            [
                "dataset": .string(), "destroyed": .boolean("false in a dry run"),
                "destroyed_datasets": .array(.string("dataset or snapshot")),
                "reclaimed_bytes": .nullable(.integer("bytes; null when it is not known")),
            ], optional: ["dry_run": .constant(true)])
    ) { call, dataset, recursive, dependents, dryRun in
        // The rehearsal refuses what ZFS would refuse before anything is gone, and names what goes.
        var destroy = ZFS.Destroy(dataset, recursive: recursive, dependents: dependents, dryRun: true)
        let rehearsal: DestroyReport
        do {
            rehearsal = try await call.runner.run(destroy)
        } catch let error as CommandFailed where error.failure.reason == .hasClones {
            throw RPCError(
                error.failure, failureCode: .operationFailed,
                advice: "promote or destroy the clones first, or pass dependents to destroy them too")
        }
        let reclaimed = try await call.reclaimed(by: rehearsal)
        var destroyed = rehearsal.destroyed
        if !dryRun {
            destroy.dryRun = false
            destroyed = try await call.runner.run(destroy).destroyed
        }
        return .object([
            "dataset": .string(dataset.text), "destroyed": .bool(!dryRun), "destroyed_datasets": .strings(destroyed),
            "reclaimed_bytes": reclaimed.map { .integer($0) } ?? .null, "dry_run": dryRun ? true : nil,
        ])
    }
}

extension Call {
    /// The space that destroying everything in a report frees: `zfs destroy -nvp` tells it for snapshots only.
    fileprivate func reclaimed(by report: DestroyReport) async throws -> UInt64? {
        if let reclaimed = report.reclaimed { return reclaimed }
        let datasets = report.destroyed.compactMap { try? DatasetName($0) }
        let all = Set(datasets)
        var sum: UInt64 = 0
        for dataset in datasets where dataset.parent.map({ !all.contains($0) }) ?? true {
            guard let used = try await numbers(of: .dataset(dataset), [.used])["used"] else { return nil }
            sum += used
        }
        return sum
    }
}
