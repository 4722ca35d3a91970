internal import Synchronization
internal import ZFSCommandBuilder

/// What the methods ask for.
extension Tasks {
    /// Tasks of a principal, the newest first.
    func list(
        status: TaskRecord.Status?, after cursor: Int64?, limit: Int, for principal: Principal
    ) async throws(RPCError) -> TaskPage {
        do {
            return try await store.tasks(
                ofUser: principal.managesTransfersOfAll ? nil : principal.name, status: status, after: cursor,
                limit: limit)
        } catch {
            throw .storeUnavailable
        }
    }

    /// Changes how fast a task may be.
    func update(_ id: String, limit: Double?, for principal: Principal) async throws -> MigrationOrder {
        let task = try await task(id, for: principal)
        var order = try MigrationOrder(stored: task.request)
        order.limit = limit
        let changed: TaskRecord?
        do {
            changed = try await store.ask(id, .request(order.json.encodedText))
        } catch {
            throw RPCError.storeUnavailable
        }
        guard changed != nil else { throw RPCError(.conflict, "task_ended", "task \(id) has ended already") }
        running(id)?.bytesPerSecond = order.bytesPerSecond
        return order
    }

    /// Where somebody begins who wants to know what happens from now on.
    /// - Throws: `RPCError` when the store does not answer, or there is no such task for this principal.
    public func lastEvent(ofTask id: String?, for principal: Principal) async throws(RPCError) -> Int64 {
        if let id { _ = try await task(id, for: principal) }
        do {
            return try await store.lastEvent()
        } catch {
            throw .storeUnavailable
        }
    }

    /// Events after one, and behind which one to ask next; waits for one when there is none.
    /// - Throws: `RPCError` when the store does not answer, `CancellationError`.
    public func events(
        after sequence: Int64, task: String?, wait: Duration, limit: Int, for principal: Principal
    ) async throws -> (events: [TaskEvent], seen: Int64) {
        let deadline = ContinuousClock.now + wait
        let user = principal.managesTransfersOfAll ? nil : principal.name
        var seen = sequence
        while true {
            let events: [TaskEvent]
            let last: Int64
            do {
                // What is not found up to here is not looked for again.
                last = try await store.lastEvent()
                events = try await store.events(after: seen, task: task, ofUser: user, limit: limit)
            } catch {
                throw RPCError.storeUnavailable
            }
            seen = events.last?.sequence ?? max(seen, last)
            if !events.isEmpty || .now >= deadline { return (events, seen) }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// How far a task is: as it runs here, or as it was stored.
    func progress(of task: TaskRecord) -> JSONValue {
        if task.status == .running, let running = running(task.id) { return running.progress(now: .now) }
        return Self.value(task.progress) ?? .object([JSONMember]())
    }

    /// A task for clients.
    func json(of task: TaskRecord) -> JSONValue {
        let error = task.status == .completed ? nil : Self.value(task.error)
        let parameters = (try? MigrationOrder(stored: task.request))?.parameters
        let plan = Self.value(running(task.id)?.plan ?? task.plan)
        return .object([
            JSONMember("id", .string(task.id)),
            JSONMember("status", .string(task.status.rawValue)),
            JSONMember("node", task.node.map { .string($0) } ?? .null),
            JSONMember("created_at", .moment(task.created / 1000)),
            JSONMember("started_at", task.started.map { .moment($0 / 1000) } ?? .null),
            JSONMember("completed_at", task.ended.map { .moment($0 / 1000) } ?? .null),
            JSONMember("error", error ?? .null),
            JSONMember("attempts", .integer(task.attempts)),
            JSONMember("progress", progress(of: task)),
            JSONMember("params", parameters ?? .null),
            JSONMember("result", Self.value(task.result) ?? .null),
            JSONMember("plan", plan ?? .null),
        ])
    }

    private static func value(_ text: String?) -> JSONValue? {
        text.flatMap { try? JSONParser.parse(Array($0.utf8)) }
    }

    /// A second for the tag of the marks of a migration, this one or a later, which no other from the same pool to the same
    /// peer has.
    ///
    /// With one tag, the end of the one would take the holds of the other.
    func uniqueSecond(_ now: Int64, of source: MigrationSource, to remote: SSHHost?) -> Int64 {
        let key = "\(source.host?.text ?? "") \(source.snapshot.dataset.pool) \(remote?.text ?? "")"
        return state.withLock { state in
            let second = max(now, (state.lastSeconds[key] ?? 0) + 1)
            state.lastSeconds = state.lastSeconds.filter { $0.value >= now }
            state.lastSeconds[key] = second
            return second
        }
    }

    /// A random UUID (RFC 9562, version 4); no secret.
    func newIdentifier() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = HexDigits.text(bytes)
        let ends = [8, 12, 16, 20, 32]
        var start = 0
        return ends.map { end in
            defer { start = end }
            return String(digits.dropFirst(start).prefix(end - start))
        }.joined(separator: "-")
    }
}

extension TaskEvent {
    /// For clients.
    var json: JSONValue {
        .object([
            "sequence": .integer(sequence), "task_id": .string(task), "timestamp": .moment(time / 1000),
            "status": .string(status.rawValue), "event": .string(what),
        ])
    }

    /// For clients, as JSON text.
    public var text: String { json.encodedText }
}

extension MigrationOrder {
    /// As clients see it.
    var parameters: JSONValue {
        guard case .object(let members) = json else { return json }
        return .object(members.filter { $0.name != "asked" && $0.name != "releasing" })
    }
}

extension Migrations {
    /// What an order comes to.
    func request(_ order: MigrationOrder) throws {
        _ = try order.request(ssh)
    }
}
