internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let poolStatus = Method(
        "pool_status", "Tells the state of a pool, its devices, its scan and its errors.", .viewer,
        .required("pool", .pool, "The pool."),
        result: .object(
            [
                "pool": .string(), "status": .string("the text of zpool status -v"), "state": .string(),
                "scan": .object(
                    ["function": .string(), "state": .string(), "text": .string()],
                    optional: ["percent": .number("0 to 100"), "errors": .integer()]),
                "vdevs": .array(.any("{name, role, state, read, write, checksum, note?, children?}")),
                "errors": .array(.string("path")),
            ], optional: ["message": .string(), "action": .string(), "see": .string()])
    ) { call, pool in
        let status = try await call.runner.run(ZPool.Status(pool))
        return .object([
            "pool": .string(pool.text), "status": .string(status.text), "state": .string(status.state.rawValue),
            "message": status.status.map { .string($0) }, "action": status.action.map { .string($0) },
            "see": status.see.map { .string($0) },
            "scan": .object([
                "function": .string(status.scan?.function.rawValue ?? "none"),
                "state": .string(status.scan?.state.rawValue ?? "none"),
                "percent": status.scan?.percent.map { .number(String($0)) },
                "errors": status.scan?.errors.map { .integer($0) },
                "text": .string(status.scan?.text ?? "none requested"),
            ]),
            "vdevs": .array(status.vdevs.map(json)), "errors": .strings(status.errors),
        ])
    }

    private static func json(_ vdev: PoolStatus.Vdev) -> JSONValue {
        .object([
            "name": .string(vdev.name), "role": .string(vdev.role.rawValue), "state": .string(vdev.state.rawValue),
            "read": vdev.read.map { .integer($0) } ?? .null, "write": vdev.write.map { .integer($0) } ?? .null,
            "checksum": vdev.checksum.map { .integer($0) } ?? .null, "note": vdev.note.map { .string($0) },
            "children": vdev.children.isEmpty ? nil : .array(vdev.children.map(json)),
        ])
    }

    static let poolHistory = Method(
        "pool_history", "Gives the commands that changed a pool, newest last.", .viewer,
        .required("pool", .pool, "The pool."),
        .flag("internal", "Also the events of ZFS itself."),
        .flag("long", "Also user, host and zone of each command."),
        .integer("limit", 1...100_000, default: 1000, "The newest lines to give."),
        result: .object([
            "pool": .string(), "history": .array(.string("line")),
            "truncated": .boolean("whether there are older lines"),
        ])
    ) { call, pool, isInternal, isLong, limit in
        var lines: [String] = []
        var isTruncated = false
        try await call.runner.forEachRow(of: ZPool.History([pool], internal: isInternal, long: isLong)) { line in
            if line == "History for '\(pool)':" { return }
            lines.append(line)
            // Cutting at twice the limit moves each line at most once more.
            if lines.count >= 2 * limit {
                lines.removeFirst(lines.count - limit)
                isTruncated = true
            }
        }
        return .object([
            "pool": .string(pool.text), "history": .strings(lines.suffix(limit)),
            "truncated": .bool(isTruncated || lines.count > limit),
        ])
    }

    static let poolIOStat = Method(
        "pool_iostat", "Tells how much a pool and its devices read and write.", .viewer,
        .required("pool", .pool, "The pool."),
        .flag("vdevs", "Also each device."),
        .optional("seconds", .integer(1...30), "Measures for this long; without it since the pool was imported."),
        result: .object([
            "pool": .string(),
            "entries": .array(
                .object([
                    "name": .string(), "allocated": .nullable(.integer("bytes")), "free": .nullable(.integer("bytes")),
                    "read_operations": .nullable(.integer("per second")),
                    "write_operations": .nullable(.integer("per second")),
                    "read_bytes": .nullable(.integer("per second")), "write_bytes": .nullable(.integer("per second")),
                ])),
        ])
    ) { call, pool, vdevs, seconds in
        let rows = try await call.runner.run(
            ZPool.IOStat(pool, perVdev: vdevs, seconds: seconds.map { UInt16($0) }))
        func json(_ number: UInt64?) -> JSONValue { number.map { .integer($0) } ?? .null }
        return .object([
            "pool": .string(pool.text),
            "entries": .array(
                rows.map { row in
                    .object([
                        "name": .string(row.name), "allocated": json(row.allocated), "free": json(row.free),
                        "read_operations": json(row.readOperations), "write_operations": json(row.writeOperations),
                        "read_bytes": json(row.readBytes), "write_bytes": json(row.writtenBytes),
                    ])
                }),
        ])
    }

    static let poolEvents = Method(
        "pool_events", "Gives the latest events of a pool that the kernel remembers.", .viewer,
        .required("pool", .pool, "The pool."),
        .flag("verbose", "Also the details of each event."),
        result: .object([
            "pool": .string(),
            "events": .array(
                .object(
                    ["time": .string("RFC 3339"), "class": .string()],
                    optional: ["details": .array(.string("name = value"))]
                )),
        ])
    ) { call, pool, verbose in
        // Of a pool that is not there, zpool events prints nothing and succeeds.
        _ = try await call.runner.run(ZPool.List([pool], columns: [.name]))
        let events = try await call.runner.run(ZPool.Events(pool, verbose: verbose))
        return .object([
            "pool": .string(pool.text),
            "events": .array(
                events.map {
                    .object([
                        "time": .printedTime($0.time), "class": .string($0.eventClass),
                        "details": verbose ? .strings($0.details) : nil,
                    ])
                }),
        ])
    }
}
