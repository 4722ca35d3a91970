internal import GRDB
internal import ZFSCommandBuilder
public import ZFSRPC

extension SQLiteTransferStore: TaskStore {
    /// Nil: the file is of one node.
    public var node: String? { nil }

    /// Adds a task that waits.
    public func add(_ task: TaskRecord) async throws(TransferStoreError) {
        try await transaction { [history] database, _ in
            try database.execute(
                sql: """
                    INSERT INTO tasks (id, user, request, place_host, place_dataset, created, status)
                    VALUES (?, ?, ?, ?, ?, ?, 'pending')
                    """,
                arguments: try [
                    task.id.bound, task.user.bound, task.request.bound, task.place.host.bound,
                    task.place.dataset.text.bound, task.created,
                ])
            try Self.tell("created", task.id, .pending, at: task.created, in: database)
            try database.execute(
                sql: """
                    DELETE FROM tasks WHERE status IN ('completed', 'failed', 'cancelled') AND (ended < :oldest OR
                      sequence <= (SELECT sequence FROM tasks WHERE status IN ('completed', 'failed', 'cancelled')
                        ORDER BY sequence DESC LIMIT 1 OFFSET :tasks))
                    """,
                arguments: ["oldest": task.created - history.milliseconds, "tasks": history.tasks])
            try database.execute(
                sql: "DELETE FROM task_events WHERE sequence <= (SELECT max(sequence) FROM task_events) - ?",
                arguments: [history.events])
        }
    }

    /// The task with this identifier.
    public func task(_ id: String) async throws(TransferStoreError) -> TaskRecord? {
        try await perform { database, _ in try Self.task(id, in: database) }
    }

    /// Tasks, the newest first.
    public func tasks(
        ofUser user: String?, status: TaskRecord.Status?, after cursor: Int64?, limit: Int
    ) async throws(TransferStoreError) -> TaskPage {
        try await perform { database, _ in
            let condition = "(:user IS NULL OR user = :user) AND (:status IS NULL OR status = :status)"
            let arguments: StatementArguments = ["user": try user?.bound, "status": status?.rawValue]
            let total = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM tasks WHERE \(condition)", arguments: arguments)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM tasks WHERE \(condition) AND sequence < :cursor ORDER BY sequence DESC LIMIT :limit
                    """,
                arguments: arguments + ["cursor": cursor ?? .max, "limit": limit + 1])
            let page = rows.prefix(limit)
            return TaskPage(
                tasks: try page.map { try TaskRecord($0) }, total: total ?? 0,
                next: rows.count > limit ? try page.last?.value("sequence", as: Int64.self) : nil)
        }
    }

    /// Gives the oldest task that may be taken to this daemon.
    public func claimTask(at time: Int64) async throws(TransferStoreError) -> TaskRecord? {
        try await transaction { [owner] database, _ in
            let running = try Row.fetchAll(
                database, sql: "SELECT place_host, place_dataset FROM tasks WHERE status = 'running'"
            ).map { try TaskPlace($0) }
            let cursor = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, place_host, place_dataset FROM tasks
                    WHERE status = 'pending' AND (not_before NOT BETWEEN ? AND ? OR end_wanted) ORDER BY sequence
                    """,
                arguments: [time + 1, time + TaskRecord.longestWait])
            var found: String?
            while found == nil, let row = try cursor.next() {
                let place = try TaskPlace(row)
                if !running.contains(where: place.overlaps) { found = try row.value("id", as: String.self) }
            }
            guard let found else { return nil }
            try database.execute(
                sql: """
                    UPDATE tasks SET status = 'running', owner_instance = ?, attempts = attempts + 1,
                      started = coalesce(started, ?) WHERE id = ?
                    """,
                arguments: [owner.instance, time, found])
            try Self.tell("started", found, .running, at: time, in: database)
            return try Self.task(found, in: database)
        }
    }

    /// Changes a task if it is as it is thought to be.
    public func changeTask(
        _ id: String, from: TaskRecord.Status, at time: Int64, _ what: String?, _ change: TaskChange
    ) async throws(TransferStoreError) -> TaskRecord? {
        try await transaction { [owner] database, _ in
            let status = change.status ?? from
            try database.execute(
                sql: """
                    UPDATE tasks SET status = :status, not_before = coalesce(:notBefore, not_before),
                      request = coalesce(:request, request), progress = coalesce(:progress, progress),
                      plan = coalesce(:plan, plan), result = coalesce(:result, result), error = coalesce(:error, error),
                      ended = CASE WHEN :isFinal THEN :time ELSE ended END
                    WHERE id = :id AND status = :from AND (status <> 'running' OR owner_instance = :instance)
                    """,
                arguments: try [
                    "status": status.rawValue, "notBefore": change.notBefore, "request": change.request?.bound,
                    "progress": change.progress?.bound, "plan": change.plan?.bound, "result": change.result?.bound,
                    "error": change.error?.bound, "isFinal": status.isFinal, "time": time, "id": id.bound,
                    "from": from.rawValue, "instance": owner.instance,
                ])
            guard database.changesCount == 1 else { return nil }
            if let what { try Self.tell(what, id, status, at: time, in: database) }
            return try Self.task(id, in: database)
        }
    }

    /// Notes a wish about a task that has not ended.
    public func ask(_ id: String, _ wish: TaskWish) async throws(TransferStoreError) -> TaskRecord? {
        try await transaction { database, _ in
            let request: String? = if case .request(let text) = wish { text } else { nil }
            try database.execute(
                sql: """
                    UPDATE tasks SET request = coalesce(:request, request), end_wanted = max(end_wanted, :end)
                    WHERE id = :id AND status IN ('pending', 'running')
                    """,
                arguments: try ["request": request?.bound, "end": wish == .end, "id": id.bound])
            return database.changesCount == 1 ? try Self.task(id, in: database) : nil
        }
    }

    /// Adds a task that this daemon does and that is not here.
    public func restore(_ task: TaskRecord, at time: Int64) async throws(TransferStoreError) {
        try await transaction { [owner] database, _ in
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO tasks (id, user, request, place_host, place_dataset, created, status, started,
                      attempts, owner_instance) VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)
                    """,
                arguments: try [
                    task.id.bound, task.user.bound, task.request.bound, task.place.host.bound,
                    task.place.dataset.text.bound, task.created, task.started, task.attempts, owner.instance,
                ])
            if database.changesCount == 1 { try Self.tell("restored", task.id, .running, at: time, in: database) }
        }
    }

    /// Makes tasks wait again that nobody does any more.
    public func recoverTasks(
        at time: Int64, except known: Set<String>
    ) async throws(TransferStoreError) -> Int {
        try await transaction { [owner] database, _ in
            let running = try Row.fetchAll(
                database, sql: "SELECT id, owner_instance FROM tasks WHERE status = 'running'")
            let left = try running.compactMap { row -> String? in
                let id = try row.value("id", as: String.self)
                let isOurs = try row.value("owner_instance", as: String.self) == owner.instance
                return isOurs && known.contains(id) ? nil : id
            }
            for id in left {
                try database.execute(sql: "UPDATE tasks SET status = 'pending' WHERE id = ?", arguments: [id])
                try Self.tell("interrupted", id, .pending, at: time, in: database)
            }
            return left.count
        }
    }

    /// The sequence of the last event.
    public func lastEvent() async throws(TransferStoreError) -> Int64 {
        try await perform { database, _ in
            try Int64.fetchOne(database, sql: "SELECT max(sequence) FROM task_events") ?? 0
        }
    }

    /// Events after one, oldest first.
    public func events(
        after sequence: Int64, task: String?, ofUser user: String?, limit: Int
    ) async throws(TransferStoreError) -> [TaskEvent] {
        try await perform { database, _ in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM task_events WHERE sequence > :after AND (:task IS NULL OR task = :task)
                      AND (:user IS NULL OR task IN (SELECT id FROM tasks WHERE user = :user))
                    ORDER BY sequence LIMIT :limit
                    """,
                arguments: ["after": sequence, "task": try task?.bound, "user": try user?.bound, "limit": limit])
            return try rows.map { row in
                TaskEvent(
                    sequence: try row.value("sequence", as: Int64.self), task: try row.value("task", as: String.self),
                    time: try row.value("time", as: Int64.self),
                    status: try row.word("status", as: TaskRecord.Status.self),
                    what: try row.value("what", as: String.self))
            }
        }
    }

    private static func task(_ id: String, in database: Database) throws -> TaskRecord? {
        try Row.fetchOne(database, sql: "SELECT * FROM tasks WHERE id = ?", arguments: [try id.bound]).map {
            try TaskRecord($0)
        }
    }

    private static func tell(
        _ what: String, _ id: String, _ status: TaskRecord.Status, at time: Int64, in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO task_events (task, time, status, what) VALUES (?, ?, ?, ?)",
            arguments: [id, time, status.rawValue, what])
    }
}

extension TaskPlace {
    fileprivate init(_ row: Row) throws {
        self.init(
            host: try row.value("place_host", as: String.self),
            dataset: try DatasetName(row.value("place_dataset", as: String.self)))
    }
}

extension TaskRecord {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.value("id", as: String.self), user: try row.value("user", as: String.self),
            request: try row.value("request", as: String.self), place: try TaskPlace(row),
            created: try row.value("created", as: Int64.self))
        status = try row.word("status", as: Status.self)
        started = row["started"]
        ended = row["ended"]
        attempts = try row.value("attempts", as: Int.self)
        notBefore = try row.value("not_before", as: Int64.self)
        isEndWanted = try row.value("end_wanted", as: Bool.self)
        progress = row["progress"]
        plan = row["plan"]
        result = row["result"]
        error = row["error"]
    }
}
