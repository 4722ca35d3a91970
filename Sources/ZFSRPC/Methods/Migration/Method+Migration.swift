internal import ZFSCommandBuilder
internal import ZFSReplication

extension Method {
    static let migrationCreate = Method(
        "migration_create",
        "Gives another dataset, here or on another host, a snapshot; a task does it, also over a restart. Nothing there is "
            + "rolled back or destroyed unless on_conflict says so.",
        .admin, scope: .everything, failureCode: .receiveFailed,
        .source, .destination, .remote, .limit, .wireCompression, .recursiveMigration, .intermediates, .sync, .conflict,
        .withProperties, .properties("Properties to set at the destination (zfs receive -o)."),
        result: .object([
            "task_id": .string("UUID"), "status": .constant("pending"), "created_at": .string("RFC 3339"),
            "params": order,
        ])
    ) {
        call, source, destination, remote, limit, compression, recursive, intermediates, sync, conflict, hasProperties,
        properties in
        let (tasks, principal) = try call.requireTasks()
        let now = Tasks.now()
        let order = MigrationOrder(
            source: source, destination: destination, remote: remote, limit: limit,
            compression: compression.flatMap(WireCompression.init) ?? .auto, isRecursive: recursive,
            hasIntermediates: intermediates, sync: sync,
            conflict: MigrationOrder.Conflict(rawValue: conflict) ?? .refuse, hasProperties: hasProperties,
            properties: properties,
            asked: tasks.uniqueSecond(now / 1000, of: source, to: remote))
        // What ssh would not take is told now, not by a task that fails.
        _ = try tasks.migrations.request(order)
        let task = TaskRecord(
            id: tasks.newIdentifier(), user: principal.name, request: order.json.encodedText, place: order.place,
            created: now)
        try await tasks.add(task)
        return .object([
            "task_id": .string(task.id), "status": "pending", "created_at": .moment(now / 1000),
            "params": order.parameters,
        ])
    }

    static let migrationPlan = Method(
        "migration_plan", "Tells what migration_create would do, dataset by dataset, before a byte moves.", .admin,
        scope: .everything, isWrite: false, failureCode: .receiveFailed,
        .source, .destination, .remote, .wireCompression, .recursiveMigration, .intermediates, .conflict,
        result: plan
    ) { call, source, destination, remote, compression, recursive, intermediates, conflict in
        let (tasks, _) = try call.requireTasks()
        let order = MigrationOrder(
            source: source, destination: destination, remote: remote, limit: nil,
            compression: compression.flatMap(WireCompression.init) ?? .auto, isRecursive: recursive,
            hasIntermediates: intermediates, sync: false,
            conflict: MigrationOrder.Conflict(rawValue: conflict) ?? .refuse, hasProperties: false, properties: [],
            asked: Tasks.now() / 1000)
        return try await tasks.migrations.plan(order).json
    }

    static let migrationList = Method(
        "migration_list", "Lists migrations, the newest first: the caller's own, or all for an admin without limits.",
        .viewer, scope: .open,
        .optional("status", .choice(TaskRecord.Status.allCases.map(\.rawValue)), "Those of one status alone."),
        .integer("limit", 1...1000, default: 100, "How many at most."),
        .optional("cursor", .string, "next_cursor of the list before."),
        result: .object(["tasks": .array(task), "total": .integer("that match"), "next_cursor": .nullable(.string())])
    ) { call, status, limit, cursor in
        let (tasks, principal) = try call.requireTasks()
        let place = try cursor.map { text throws(RPCError) in
            guard let place = Int64(text) else { throw RPCError.value("cursor", "it is none of migration_list") }
            return place
        }
        let page = try await tasks.list(
            status: status.flatMap(TaskRecord.Status.init), after: place, limit: limit, for: principal)
        return .object([
            "tasks": .array(page.tasks.map { tasks.json(of: $0) }), "total": .integer(page.total),
            "next_cursor": page.next.map { .string(String($0)) } ?? .null,
        ])
    }

    static let migrationGet = Method(
        "migration_get", "Tells all about one migration.", .viewer, scope: .open, .taskID, result: task
    ) { call, id in
        let (tasks, principal) = try call.requireTasks()
        return tasks.json(of: try await tasks.task(id, for: principal))
    }

    static let migrationProgress = Method(
        "migration_progress", "Tells how far a migration is.", .viewer, scope: .open, .taskID, result: .any("progress")
    ) { call, id in
        let (tasks, principal) = try call.requireTasks()
        let record = tasks.progress(of: try await tasks.task(id, for: principal))
        guard case .object(let members) = record else { return record }
        return .object(members + [JSONMember("progress", record)])
    }

    static let migrationCancel = Method(
        "migration_cancel",
        "Ends a migration that waits or runs; answered when its processes on both hosts are gone.", .admin,
        scope: .everything, .taskID,
        .flag(
            "keep_partial", isOn: true,
            "Keep what the destination has so far, so that the next migration goes on from there."),
        result: .object(["cancelled": .constant(true), "task_id": .string()])
    ) { call, id, keepPartial in
        let (tasks, principal) = try call.requireTasks()
        try await tasks.cancel(id, keepsPart: keepPartial, for: principal)
        return .object(["cancelled": true, "task_id": .string(id)])
    }

    static let migrationUpdate = Method(
        "migration_update", "Changes how fast a migration may be, also while it runs.", .admin, scope: .everything,
        .taskID,
        .required("limit", .number(0...1_000_000), "MB/s (10^6 bytes); 0 is without limit."),
        result: .object(["task_id": .string(), "limit": .nullable(.number())])
    ) { call, id, limit in
        let (tasks, principal) = try call.requireTasks()
        let order = try await tasks.update(id, limit: limit == 0 ? nil : limit, for: principal)
        return .object(["task_id": .string(id), "limit": order.parameters["limit"] ?? .null])
    }

    static let taskEvents = Method(
        "task_events",
        "Tells what happened to tasks after an event, oldest first; waits for something to happen when asked. To the caller's "
            + "own, or to all for an admin without limits.",
        .viewer, scope: .open,
        .optional("task_id", .string, "One task; all by default."),
        .integer("after", 0...Int.max, default: 0, "The sequence of the last event that is known."),
        .integer("wait", 0...60, default: 0, "Seconds to wait when there is none."),
        .integer("limit", 1...1000, default: 100, "How many at most."),
        result: .object([
            "events": .array(
                .object([
                    "sequence": .integer(), "task_id": .string(), "timestamp": .string("RFC 3339"),
                    "status": .choice(TaskRecord.Status.allCases.map(\.rawValue)), "event": .string(),
                ])),
            "last": .integer("pass it as after"),
        ])
    ) { call, id, after, wait, limit in
        let (tasks, principal) = try call.requireTasks()
        if let id { _ = try await tasks.task(id, for: principal) }
        let (events, seen) = try await tasks.events(
            after: Int64(after), task: id, wait: .seconds(wait), limit: limit, for: principal)
        return .object([
            "events": .array(events.map(\.json)),
            "last": .integer(seen),
        ])
    }

    private static let order: Schema = .object([
        "source": .string(), "destination": .string(), "remote": .nullable(.string()),
        "limit": .nullable(.number("MB/s")),
        "compression": .choice(WireCompression.allCases.map(\.rawValue)), "recursive": .boolean(),
        "intermediates": .boolean(), "sync": .boolean(),
        "on_conflict": .choice(MigrationOrder.Conflict.allCases.map(\.rawValue)), "with_properties": .boolean(),
        "properties": .map(.string()),
    ])

    private static let plan: Schema = .object([
        "steps": .array(
            .object([
                "source": .string("dataset@name"), "destination": .string(), "guid": .string(),
                "action": .choice(["full", "incremental", "resume", "up_to_date"]), "from": .nullable(.string()),
                "snapshots": .integer("in the stream"), "size_bytes": .integer("estimated"), "flags": .map(.boolean()),
            ])),
        "skipped": .array(.string(), "datasets without such a snapshot"),
        "rollbacks": .array(
            .object([
                "dataset": .string(), "drops_part": .boolean("of a snapshot that the source cannot finish"),
                "snapshot": .nullable(.string("gone back to")), "destroys": .array(.string(), "newer snapshots"),
            ])),
        "kept_as": .nullable(.string("the name that a destination gets first which the snapshot does not fit to")),
        "size_bytes": .integer("of all"),
    ])

    private static let task: Schema = .object([
        "id": .string("UUID"), "node": .nullable(.string("where it is done, with Redis")),
        "status": .choice(TaskRecord.Status.allCases.map(\.rawValue)),
        "created_at": .string("RFC 3339"),
        "started_at": .nullable(.string()), "completed_at": .nullable(.string()),
        "error": .nullable(.any("as in errors, also of the last of several tries")), "attempts": .integer(),
        "progress": .any("{} before the first record"), "params": order, "result": .nullable(.any("the receipt")),
        "plan": .nullable(plan),
    ])
}

extension Parameter<MigrationSource> {
    fileprivate static var source: Parameter {
        .required(
            "source",
            .parsed("dataset@name, or host:dataset@name", "tank/home@monday") { text throws(NameError) in
                try MigrationSource(text)
            }, "The snapshot; with a host it is fetched from there by ssh.")
    }
}

extension Parameter<DatasetName> {
    fileprivate static var destination: Parameter { .required("destination", .dataset, "The dataset that gets it.") }
}

extension Parameter<SSHHost?> {
    fileprivate static var remote: Parameter {
        .optional(
            "remote",
            .parsed("a host name or address, with user@ if need be", "nas.example") { text throws(NameError) in
                try SSHHost(text)
            }, "The host of the destination, reached by ssh; this one by default.")
    }
}

extension Parameter<Double?> {
    fileprivate static var limit: Parameter {
        .optional("limit", .number(0.001...1_000_000), "MB/s (10^6 bytes) at most.")
    }
}

extension Parameter<String?> {
    fileprivate static var wireCompression: Parameter {
        .optional(
            "compression", .choice(WireCompression.allCases.map(\.rawValue)),
            "How the stream is compressed between two hosts; auto by default.")
    }
}

extension Parameter<String> {
    fileprivate static var conflict: Parameter {
        .choice(
            "on_conflict", MigrationOrder.Conflict.allCases.map(\.rawValue), default: "refuse",
            "What becomes of a destination that the snapshot does not fit to: refuse leaves it and fails, keep renames it to "
                + "NAME-kept-TIME and sends all, rollback destroys what it has since the newest snapshot that both have."
        )
    }
}

extension Parameter<Bool> {
    fileprivate static var withProperties: Parameter {
        .flag("with_properties", "With the properties of the source (zfs send -p).")
    }

    fileprivate static var recursiveMigration: Parameter {
        .flag("recursive", "With everything below that has a snapshot of the same name.")
    }

    fileprivate static var intermediates: Parameter {
        .flag("intermediates", "With all snapshots in between (zfs send -I), or from the oldest on.")
    }

    fileprivate static var sync: Parameter {
        .flag("sync", isOn: true, "Hold the snapshot on both sides, as a point that the next migration builds on.")
    }
}

extension Parameter<String> {
    fileprivate static var taskID: Parameter { .required("task_id", .string, "The identifier, from migration_create.") }
}

extension Call {
    /// The tasks of the service, and who calls.
    func requireTasks() throws(RPCError) -> (Tasks, Principal) {
        if let tasks, let principal { return (tasks, principal) }
        throw RPCError(.unavailable, "tasks_unavailable", "this service does no tasks")
    }
}
