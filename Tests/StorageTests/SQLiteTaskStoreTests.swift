import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import Storage

@Suite struct SQLiteTaskStoreTests {
    private let folder: TemporaryFolder
    private let store: SQLiteTransferStore

    init() throws {
        folder = try TemporaryFolder()
        store = SQLiteTransferStore(path: folder.file("tasks.sqlite"), node: "one")
    }

    private static func task(_ id: String, _ dataset: String = "tank/a", host: String = "", user: String = "alice")
        throws
        -> TaskRecord
    {
        TaskRecord(
            id: id, user: user, request: "{}", place: TaskPlace(host: host, dataset: try DatasetName(dataset)),
            created: 1)
    }

    private func words(of task: String? = nil) async throws -> [String] {
        try await store.events(after: 0, task: task, ofUser: nil, limit: 100).map {
            "\($0.task) \($0.what) \($0.status.rawValue)"
        }
    }

    @Test func `a task goes from hand to hand, and all of it is told`() async throws {
        try await store.add(Self.task("1"))
        #expect(try await store.task("1")?.status == .pending)
        #expect(try await store.task("2") == nil)
        let claimed = try #require(try await store.claimTask(at: 5))
        #expect(claimed.status == .running && claimed.started == 5 && claimed.attempts == 1)
        #expect(try await store.claimTask(at: 5) == nil)
        _ = try await store.changeTask("1", from: .running, at: 6, nil, TaskChange(progress: "{1}", plan: "{2}"))
        let ended = try await store.changeTask(
            "1", from: .running, at: 7, "completed", TaskChange(status: .completed, result: "{3}"))
        #expect(ended?.ended == 7 && ended?.progress == "{1}" && ended?.plan == "{2}" && ended?.result == "{3}")
        // What has ended does not change any more.
        #expect(try await store.changeTask("1", from: .running, at: 8, "failed", TaskChange(status: .failed)) == nil)
        #expect(try await words() == ["1 created pending", "1 started running", "1 completed completed"])
        #expect(try await store.events(after: 2, task: nil, ofUser: nil, limit: 100).map(\.sequence) == [3])
        await store.close()
    }

    @Test func `the oldest goes first, but none into a place that is taken`() async throws {
        try await store.add(Self.task("1", "tank/a/b"))
        for (id, dataset, host) in [
            ("2", "tank/a", ""), ("3", "tank/a/b/c", ""), ("4", "tank/ab", ""), ("5", "tank/a", "nas"),
        ] {
            try await store.add(Self.task(id, dataset, host: host))
        }
        var taken: [String] = []
        while let task = try await store.claimTask(at: 1) { taken.append(task.id) }
        #expect(taken == ["1", "4", "5"])
        _ = try await store.changeTask("1", from: .running, at: 2, "completed", TaskChange(status: .completed))
        #expect(try await store.claimTask(at: 2)?.id == "2")
        #expect(try await store.claimTask(at: 2) == nil)
        await store.close()
    }

    @Test func `one that shall wait waits`() async throws {
        try await store.add(Self.task("1"))
        _ = try await store.claimTask(at: 1)
        _ = try await store.changeTask(
            "1", from: .running, at: 2, "retried", TaskChange(status: .pending, notBefore: 100))
        #expect(try await store.claimTask(at: 99) == nil)
        #expect(try await store.claimTask(at: 100)?.attempts == 2)
        await store.close()
    }

    @Test func `what a daemon left running waits for the next one, and only that has it`() async throws {
        for id in ["1", "2"] { try await store.add(Self.task(id, "tank/\(id)")) }
        for _ in 0..<2 { _ = try await store.claimTask(at: 1) }
        _ = try await store.changeTask("2", from: .running, at: 1, "failed", TaskChange(status: .failed))
        let next = SQLiteTransferStore(path: folder.file("tasks.sqlite"), node: "one")
        #expect(try await next.recoverTasks(at: 2) == 1)
        #expect(try await next.recoverTasks(at: 2) == 0)
        #expect(try await next.claimTask(at: 3)?.id == "1")
        // The one that was thought to be gone can not end it any more.
        #expect(try await store.changeTask("1", from: .running, at: 4, "failed", TaskChange(status: .failed)) == nil)
        #expect(try await next.task("1")?.status == .running)
        #expect(try await words(of: "1").last == "1 started running")
        await store.close()
        await next.close()
    }

    @Test func `lists go from the newest on, in pages`() async throws {
        for number in 1...5 { try await store.add(Self.task("\(number)", user: number == 3 ? "bob" : "alice")) }
        let first = try await store.tasks(ofUser: nil, status: nil, after: nil, limit: 2)
        #expect(first.tasks.map(\.id) == ["5", "4"] && first.total == 5)
        let second = try await store.tasks(ofUser: nil, status: nil, after: first.next, limit: 10)
        #expect(second.tasks.map(\.id) == ["3", "2", "1"] && second.next == nil)
        let own = try await store.tasks(ofUser: "alice", status: .pending, after: nil, limit: 10)
        #expect(own.tasks.map(\.id) == ["5", "4", "2", "1"] && own.total == 4)
        #expect(try await store.events(after: 0, task: nil, ofUser: "bob", limit: 9).map(\.task) == ["3"])
        #expect(try await store.tasks(ofUser: nil, status: .failed, after: nil, limit: 10).total == 0)
        await store.close()
    }
}
