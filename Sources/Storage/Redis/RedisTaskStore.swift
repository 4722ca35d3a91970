public import Redis
internal import ZFSCommandBuilder
public import ZFSRPC

/// Keeps tasks in Redis, so that several daemons have one list of them, and one order of events.
///
/// Each daemon does the tasks that were asked for at its own node: the datasets are there. A worker has a task for as long as
/// it renews its lease, which it does with each progress; what it wrote after another one took the task is refused.
///
/// Tasks are as durable as this Redis is (`appendonly yes`). When it has lost one that runs, its worker adds it again; when it
/// comes back with an older state, tasks are done again, and find by GUIDs what was done.
///
/// ## Concurrency
/// Everything is done by the client; each step is one script.
public final class RedisTaskStore: TaskStore {
    /// How long a task stays with a daemon that does not tell of it any more, in milliseconds.
    private static let lease = 15_000

    private let client: RedisClient
    private let owner: StoreOwner
    private let prefix: String
    private let history: TaskHistory
    private let patience: Duration

    /// Makes a store over a client that someone else connects and closes.
    ///
    /// - Parameters:
    ///   - client: The server. The daemon's user there needs `EVALSHA`, `EVAL` and `SCRIPT LOAD`, and in scripts `TIME` and the
    ///     commands of hashes, sets, sorted sets, streams and counters, on keys that begin with `prefix`.
    ///   - node: The name of this node, which no other daemon on this server has.
    ///   - prefix: What the keys begin with.
    ///   - history: How many tasks that have ended are kept.
    ///   - patience: How long to wait for an answer.
    public init(
        client: RedisClient, node: String, prefix: String = "zfs-apid:tasks:", history: TaskHistory = TaskHistory(),
        patience: Duration = .milliseconds(900)
    ) {
        self.client = client
        self.prefix = prefix
        self.history = history
        self.patience = patience
        owner = StoreOwner(node: node)
    }

    /// The name of this node.
    public var node: String? { owner.node }

    /// Adds a task that waits.
    public func add(_ task: TaskRecord) async throws(TransferStoreError) {
        guard try await add(task, .pending, "created", at: task.created) else {
            throw TransferStoreError("there is such a task already")
        }
    }

    /// Adds a task that this daemon does and that the store has lost.
    public func restore(_ task: TaskRecord, at time: Int64) async throws(TransferStoreError) {
        _ = try await add(task, .running, "restored", at: time)
    }

    private func add(
        _ task: TaskRecord, _ status: TaskRecord.Status, _ what: String, at time: Int64
    ) async throws(TransferStoreError) -> Bool {
        let head = [
            task.id, status.rawValue, "\(time)", what, "\(history.tasks)", "\(time - history.milliseconds)",
            "\(Self.lease)",
        ]
        return try await run(TaskScripts.add, head + task.fields).integer == 1
    }

    /// The task with this identifier.
    public func task(_ id: String) async throws(TransferStoreError) -> TaskRecord? {
        try Self.record(try await run(TaskScripts.task, [id]))
    }

    /// Tasks, the newest first.
    public func tasks(
        ofUser user: String?, status: TaskRecord.Status?, after cursor: Int64?, limit: Int
    ) async throws(TransferStoreError) -> TaskPage {
        let start = cursor.map { "\($0)" } ?? "+inf"
        let words = [status?.rawValue ?? "", user ?? "", start, "\(limit + 1)"]
        guard let elements = try await run(TaskScripts.list, words).elements, let total = elements.first?.integer
        else { throw Self.damage }
        return try Self.reading { () throws(RedisError) in
            var page: [TaskRecord] = []
            var last: Int64?
            for element in elements.dropFirst().prefix(limit) {
                let fields = try StoredFields(element)
                page.append(try TaskRecord(fields))
                last = try fields.number("sequence")
            }
            return TaskPage(tasks: page, total: Int(total), next: elements.count - 1 > limit ? last : nil)
        }
    }

    /// Gives the oldest task of this node that may be taken.
    public func claimTask(at time: Int64) async throws(TransferStoreError) -> TaskRecord? {
        try Self.record(try await run(TaskScripts.claim, ["\(time)", "\(Self.lease)"]))
    }

    /// Changes a task if it is as it is thought to be.
    public func changeTask(
        _ id: String, from: TaskRecord.Status, at time: Int64, _ what: String?, _ change: TaskChange
    ) async throws(TransferStoreError) -> TaskRecord? {
        let head = [id, from.rawValue, "\(time)", what ?? "", "\(Self.lease)", (change.status ?? from).rawValue]
        return try Self.record(try await run(TaskScripts.change, head + change.fields))
    }

    /// Notes a wish about a task that has not ended.
    public func ask(_ id: String, _ wish: TaskWish) async throws(TransferStoreError) -> TaskRecord? {
        let words =
            switch wish {
            case .request(let text): ["request", text]
            case .end: ["end_wanted", "1"]
            }
        return try Self.record(try await run(TaskScripts.ask, [id] + words))
    }

    /// Makes tasks of this node wait again that nobody does any more.
    public func recoverTasks(
        at time: Int64, except known: Set<String>
    ) async throws(TransferStoreError) -> Int {
        Int(try await run(TaskScripts.recover, ["\(time)"] + known.sorted()).integer ?? 0)
    }

    /// The sequence of the last event.
    public func lastEvent() async throws(TransferStoreError) -> Int64 {
        try await run(TaskScripts.lastEvent, []).text.flatMap { Int64($0) } ?? 0
    }

    /// Events after one, oldest first.
    public func events(
        after sequence: Int64, task: String?, ofUser user: String?, limit: Int
    ) async throws(TransferStoreError) -> [TaskEvent] {
        let words = ["\(max(0, sequence))", task ?? "", user ?? "", "\(limit)"]
        let elements = try await run(TaskScripts.events, words).elements ?? []
        return try Self.reading { () throws(RedisError) in
            var events: [TaskEvent] = []
            for element in elements {
                guard let pair = element.elements, pair.count == 2, let text = pair[0].text, let number = Int64(text)
                else { throw StoredFields.damage }
                events.append(try TaskEvent(sequence: number, try StoredFields(pair[1])))
            }
            return events
        }
    }

    private func run(
        _ script: RedisScript, _ arguments: [String]
    ) async throws(TransferStoreError) -> RedisReply {
        let words = [owner.node, owner.instance] + arguments
        do throws(RedisError) {
            return try await client.eval(
                script, keys: [Array(prefix.utf8)], arguments: words.map { Array($0.utf8) }, timeout: patience)
        } catch {
            throw TransferStoreError(error.description)
        }
    }

    private static var damage: TransferStoreError { TransferStoreError(StoredFields.damage.description) }

    private static func record(_ reply: RedisReply) throws(TransferStoreError) -> TaskRecord? {
        guard reply != .null else { return nil }
        return try reading { () throws(RedisError) in try TaskRecord(StoredFields(reply)) }
    }

    private static func reading<Value>(_ body: () throws(RedisError) -> Value) throws(TransferStoreError) -> Value {
        do throws(RedisError) {
            return try body()
        } catch {
            throw TransferStoreError(error.description)
        }
    }
}

extension TaskRecord {
    fileprivate init(_ fields: StoredFields) throws(RedisError) {
        guard let dataset = try? DatasetName(fields.text("place_dataset")) else { throw StoredFields.damage }
        self.init(
            id: try fields.text("id"), user: try fields.text("user"), request: try fields.text("request"),
            place: TaskPlace(host: try fields.text("place_host"), dataset: dataset),
            created: try fields.number("created"))
        status = try fields.word("status")
        started = try fields.optional("started")
        ended = fields.text(ifAny: "ended").flatMap { Int64($0) }
        attempts = try fields.number("attempts")
        notBefore = try fields.number("not_before")
        isEndWanted = fields.text(ifAny: "end_wanted") != nil
        node = try fields.text("node")
        progress = fields.text(ifAny: "progress")
        plan = fields.text(ifAny: "plan")
        result = fields.text(ifAny: "result")
        error = fields.text(ifAny: "error")
    }

    /// Those that the scripts do not write.
    fileprivate var fields: [String] {
        [
            "id", id, "user", user, "request", request, "place_host", place.host, "place_dataset", place.dataset.text,
            "created", "\(created)", "started", started.map { "\($0)" } ?? "", "attempts", "\(attempts)", "not_before",
            "\(notBefore)",
        ]
    }
}

extension TaskChange {
    fileprivate var fields: [String] {
        let values = [
            ("not_before", notBefore.map { "\($0)" }), ("request", request), ("progress", progress), ("plan", plan),
            ("result", result), ("error", error),
        ]
        return values.flatMap { name, value in value.map { [name, $0] } ?? [] }
    }
}

extension TaskEvent {
    fileprivate init(sequence: Int64, _ fields: StoredFields) throws(RedisError) {
        self.init(
            sequence: sequence, task: try fields.text("task"), time: try fields.number("time"),
            status: try fields.word("status"), what: try fields.text("what"))
    }
}
