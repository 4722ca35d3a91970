internal import ZFSCommandBuilder
internal import ZFSReplication

extension Method {
    static let syncList = Method(
        "sync_list",
        "Lists the holds and bookmarks that migrations placed on datasets of this host, oldest first, and what they are needed "
            + "for.",
        .admin, scope: .everything, isWrite: false,
        .marked, .belowMarked,
        result: .object(["marks": .array(mark), "total": .integer()])
    ) { call, dataset, recursive in
        let (tasks, _) = try call.requireTasks()
        let marks = try await tasks.review(dataset, isRecursive: recursive).marks.map { SyncReview.json(of: $0, $1) }
        return .object(["marks": .array(marks), "total": .integer(marks.count)])
    }

    static let syncPrune = Method(
        "sync_prune",
        "Takes those of them away that nothing needs any more. The newest of each dataset and peer stays, the last of each "
            + "migration between two datasets, those of tasks that have not ended, and those that no known task made.",
        .admin, scope: .everything,
        .marked, .belowMarked,
        .flag("dry_run", isOn: true, "Only tell which."),
        .flag(
            "unknown",
            "Also those that no known task made, but for the newest: no other daemon needs them, and no old migration."),
        result: .object(["marks": .array(mark), "total": .integer(), "dry_run": .boolean()])
    ) { call, dataset, recursive, dryRun, unknown in
        let (tasks, _) = try call.requireTasks()
        let left = try await tasks.review(dataset, isRecursive: recursive).marks.filter { entry in
            entry.reason == nil || unknown && entry.reason == .unknown
        }
        if !dryRun { try await tasks.migrations.remove(left.map(\.mark)) }
        return .object([
            "marks": .array(left.map { SyncReview.json(of: $0.mark, $0.reason) }), "total": .integer(left.count),
            "dry_run": .bool(dryRun),
        ])
    }

    private static let mark: Schema = .object([
        "kind": .choice(["hold", "bookmark"]), "name": .string("dataset@name or dataset#name"), "tag": .string(),
        "peer": .string("the other host"), "time": .string("YYYY-MM-DD-HH-MM-SS, UTC"),
        "needed_for": .nullable(.choice(SyncReview.Reason.allCases.map(\.rawValue))),
    ])
}

extension Parameter<DatasetName?> {
    fileprivate static var marked: Parameter {
        .optional("dataset", .dataset, "Those of one dataset; of all by default.")
    }
}

extension Parameter<Bool> {
    fileprivate static var belowMarked: Parameter { .flag("recursive", isOn: true, "And of those below it.") }
}
