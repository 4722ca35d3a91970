import AsyncZFSExecutor
import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

@Suite(.timeLimit(.minutes(1))) struct TasksTests {
    /// A `zfs` with a source that has `s`, and a destination that has it already.
    private static let both = StubRunner { words in
        let line = words.joined(separator: " ")
        if line.contains("zfs list") {
            let name = words.last ?? ""
            return .printing("\(name)\t1\t1\t-\t-\toff\toff\t131072\t-\n\(name)@s\t7\t5\t-\t0\t-\t-\t-\t-\n")
        }
        return .printing("")
    }

    private static let order: JSONValue = .object([
        "source": "tank/a@s", "destination": "tank/b", "sync": false, "recursive": false,
    ])

    /// Runs tasks beside the body.
    private static func run(
        _ runner: StubRunner, _ body: (Service) async throws -> Void
    ) async throws {
        let service = Service(runner: runner)
        let work = Task { await service.tasks.run() }
        defer { work.cancel() }
        try await body(service)
    }

    private static func ended(_ id: JSONValue?, _ service: Service) async throws -> JSONValue {
        while true {
            let task = try await service.call("migration_get", .object(["task_id": id]), by: .user(.admin)).value[
                "result"]
            if task?["completed_at"] != .null { return try #require(task) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func `what is there already is checked, and the receipt says so`() async throws {
        try await Self.run(Self.both) { service in
            let created = try await service.call("migration_create", Self.order, by: .user(.admin)).value["result"]
            #expect(created?["status"] == "pending" && created?["params"]?["compression"] == "auto")
            let task = try await Self.ended(created?["task_id"], service)
            #expect(task["status"] == "completed" && task["error"] == .null)
            #expect(task["progress"]?["percentage"] == .number("100.0") && task["progress"]?["eta_seconds"] == 0)
            #expect(task["result"]?["datasets"]?.elements.first?["guid"] == "7")
            #expect(task["plan"]?["steps"]?.elements.first?["action"] == "up_to_date")
            let events = try await service.call(
                "task_events", .object(["task_id": created?["task_id"]]), by: .user(.admin)
            ).value["result"]?["events"]?.elements
            #expect(events?.map { $0["event"] } == ["created", "started", "completed"])
        }
    }

    @Test func `what fails for good is not tried again`() async throws {
        let runner = StubRunner { _ in .failing("cannot open 'tank/a': dataset does not exist\n") }
        try await Self.run(runner) { service in
            let created = try await service.call("migration_create", Self.order, by: .user(.admin)).value["result"]
            let task = try await Self.ended(created?["task_id"], service)
            #expect(task["status"] == "failed" && task["error"]?["reason"] == "snapshot_not_found")
            #expect(task["attempts"] == 1)
            // Nothing is left to end, and nobody else sees it.
            let id: JSONValue = .object(["task_id": created?["task_id"]])
            #expect(try await service.failure("migration_cancel", id, by: .user(.admin)) == "-32051 task_ended")
            let other = Caller.principal(Principal(name: "eve", role: .operator, kind: .token))
            #expect(try await service.failure("migration_get", id, by: other) == "-32050 task_not_found")
        }
    }

    @Test func `one that waits is ended at once`() async throws {
        let service = Service(runner: Self.both)
        let created = try await service.call("migration_create", Self.order, by: .user(.admin)).value["result"]
        let id: JSONValue = .object(["task_id": created?["task_id"]])
        #expect(try await service.call("migration_cancel", id, by: .user(.admin)).value["result"]?["cancelled"] == true)
        let task = try await service.call("migration_get", id, by: .user(.admin)).value["result"]
        #expect(task?["status"] == "cancelled" && task?["progress"] == .object([JSONMember]()))
    }

    @Test(arguments: [
        ("tank/a@s", nil, "tank/a@s"), ("nas:tank/a@s", "nas", "tank/a@s"), ("root@nas:tank@s", "root@nas", "tank@s"),
        ("tank/a:b@s", nil, "tank/a:b@s"), ("fe80::1:tank/a@s", "fe80::1", "tank/a@s"), ("tank@s:1", nil, "tank@s:1"),
        ("nas:tank@2026-01-01T10:00", "nas", "tank@2026-01-01T10:00"),
    ])
    func `a source may name its host`(text: String, host: String?, snapshot: String) throws {
        let source = try MigrationSource(text)
        #expect(source.host?.text == host && source.snapshot.text == snapshot)
        #expect(try MigrationSource(source.text) == source)
    }

    @Test func `an order is stored and read again`() throws {
        let order = MigrationOrder(
            source: try MigrationSource("nas:tank/a@s"), destination: try DatasetName("tank/b"), remote: nil,
            limit: 1.5,
            compression: .zstd, isRecursive: true, sync: true, asked: 1_764_360_421)
        #expect(try MigrationOrder(stored: order.json.encodedText) == order)
        #expect(order.bytesPerSecond == 1_500_000)
        let request = try order.request(SSHSettings(user: "backup", port: 2222))
        #expect(request.holdTag?.text == "sync_2025-11-28-20-07-01_nas")
        guard case .ssh(let destination) = request.sourceHost else {
            Issue.record("not by ssh")
            return
        }
        #expect(destination.host.text == "backup@nas" && destination.port == 2222)
        #expect(request.destinationHost == .local)
    }
}
