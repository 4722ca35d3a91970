import Redis
import Storage
import TestSupport
import Testing
import ZFSRPC

/// Several daemons on one server, and what can become of it.
@Suite(.serialized, .enabled(if: RedisServer.program != nil, Comment(rawValue: RedisServer.absence)))
struct RedisTaskStoreTests {
    private static let prefix = "zfs-apid:tasks:"

    private func run(
        _ arguments: [String] = [], _ body: (RedisServer, TaskStoreBench, RedisClient) async throws -> Void
    ) async throws {
        try await RedisServer.with(arguments) { server in
            try await TaskStoreBench.run(on: server) { bench in
                let client = RedisClient(configuration: .patient(server))
                try await client.connect()
                do {
                    try await body(server, bench, client)
                } catch {
                    await client.close()
                    throw error
                }
                await client.close()
            }
        }
    }

    /// Lets the lease of a task end now.
    private func endLease(of task: String, _ client: RedisClient) async throws {
        _ = try await client.command("HSET", "\(Self.prefix)task:\(task)", "lease", "1")
    }

    @Test func `each node does its own tasks, and all see all of them`() async throws {
        try await run { _, bench, _ in
            let (one, two) = (try await bench.open(node: "one"), try await bench.open(node: "two"))
            try await one.add(.sample("1"))
            try await two.add(.sample("2"))
            try await two.add(.sample("3", "tank/b", host: "nas"))
            try await one.add(.sample("4", "tank/b/c", host: "nas"))
            // The same dataset on two nodes is two places.
            #expect(try await one.claimTask(at: 1)?.id == "1")
            #expect(try await two.claimTask(at: 1)?.id == "2")
            #expect(try await two.claimTask(at: 1)?.id == "3")
            // The same one on a third host is one place, whoever writes there.
            #expect(try await one.claimTask(at: 1) == nil)
            #expect(
                try await one.tasks(ofUser: nil, status: nil, after: nil, limit: 9).tasks.map(\.id) == [
                    "4", "3", "2", "1",
                ])
            #expect(try await one.task("2")?.node == "two")
            let events = try await one.events(after: 0, task: nil, ofUser: nil, limit: 99)
            #expect(try await two.events(after: 0, task: nil, ofUser: nil, limit: 99) == events)
            _ = try await one.ask("3", .end)
            #expect(
                try await two.changeTask("3", from: .running, at: 2, nil, TaskChange(progress: "{}"))?.isEndWanted
                    == true)
            _ = try await two.changeTask("3", from: .running, at: 2, "cancelled", TaskChange(status: .cancelled))
            #expect(try await one.claimTask(at: 1)?.id == "4")
        }
    }

    @Test func `a task stays with its daemon as long as it tells of it, and is fenced afterwards`() async throws {
        try await run { _, bench, client in
            let (old, new, other) = (
                try await bench.open(), try await bench.open(), try await bench.open(node: "two")
            )
            try await old.add(.sample("1"))
            _ = try await old.claimTask(at: 1)
            #expect(try await new.recoverTasks(at: 2, except: []) == 0)
            try await endLease(of: "1", client)
            _ = try await old.changeTask("1", from: .running, at: 3, nil, TaskChange(progress: "{1}"))
            #expect(try await new.recoverTasks(at: 4, except: []) == 0)
            try await endLease(of: "1", client)
            // Another node has not its datasets.
            #expect(try await other.recoverTasks(at: 5, except: []) == 0)
            #expect(try await new.recoverTasks(at: 5, except: []) == 1)
            #expect(try await old.changeTask("1", from: .running, at: 5, nil, TaskChange(progress: "{2}")) == nil)
            #expect(try await other.claimTask(at: 6) == nil)
            #expect(try await new.claimTask(at: 6)?.attempts == 2)
            let late = TaskChange(status: .completed)
            #expect(try await old.changeTask("1", from: .running, at: 7, "completed", late) == nil)
            #expect(try await new.task("1")?.progress == "{1}")
            #expect(try await new.task("1")?.status == .running)
        }
    }

    @Test func `of two that take at once, each gets another one`() async throws {
        try await run { _, bench, _ in
            let stores = [try await bench.open(), try await bench.open(), try await bench.open()]
            for number in 0..<300 { try await stores[0].add(.sample("\(number)", "tank/\(number)")) }
            let taken = try await withThrowingTaskGroup(of: [String].self) { group in
                for store in stores {
                    group.addTask {
                        var taken: [String] = []
                        while let task = try await store.claimTask(at: 1) { taken.append(task.id) }
                        return taken
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 300 && Set(taken).count == 300)
            let events = try await stores[0].events(after: 0, task: nil, ofUser: nil, limit: 1000).map(\.sequence)
            #expect(events.count == 600 && Set(events).count == 600 && events == events.sorted())
        }
    }

    @Test func `yesterday's dump brings no event number twice`() async throws {
        try await run { server, bench, client in
            let store = try await bench.open()
            try await store.add(.sample("1"))
            _ = try await client.command("SAVE")
            _ = try await store.claimTask(at: 1)
            _ = try await store.changeTask("1", from: .running, at: 2, "completed", TaskChange(status: .completed))
            let seen = try #require(try await store.events(after: 0, task: nil, ofUser: nil, limit: 9).last?.sequence)
            server.stop()
            try await server.start()
            var back: TaskRecord?
            for _ in 0..<1000 where back == nil {
                back = try? await store.task("1")
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(back?.status == .pending)
            // It is done again.
            #expect(try await store.claimTask(at: 3)?.attempts == 1)
            let new = try await store.events(after: seen, task: nil, ofUser: nil, limit: 9)
            #expect(new.map(\.what) == ["started"])
        }
    }

    @Test func `a server that is gone, hangs or is full is an error, and nothing is done`() async throws {
        try await run(["--maxmemory", "3mb", "--maxmemory-policy", "noeviction"]) { server, bench, client in
            let store = try await bench.open()
            try await store.add(.sample("1"))
            _ = try await client.command("CONFIG", "SET", "maxmemory", "1")
            #expect(await failure { () throws(TransferStoreError) in try await store.claimTask(at: 1) } != nil)
            _ = try await client.command("CONFIG", "SET", "maxmemory", "0")
            #expect(try await store.task("1")?.status == .pending)
            _ = try await client.command("FLUSHALL")
            #expect(try await store.task("1") == nil)
            #expect(try await store.claimTask(at: 1) == nil)
            #expect(try await store.tasks(ofUser: nil, status: nil, after: nil, limit: 9).total == 0)
            server.stop()
            #expect(await failure { () throws(TransferStoreError) in try await store.task("1") } != nil)
        }
    }
}
