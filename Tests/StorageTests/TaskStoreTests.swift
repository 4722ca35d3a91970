import Testing
import ZFSRPC

@Suite(.serialized) struct TaskStoreTests {
    @Test(arguments: StoreKind.available)
    func `a task goes from hand to hand, and all of it is told`(kind: StoreKind) async throws {
        try await TaskStoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.add(.sample("1"))
            #expect(try await store.task("1")?.status == .pending)
            #expect(try await store.task("2") == nil)
            let claimed = try #require(try await store.claimTask(at: 5))
            #expect(claimed.status == .running && claimed.started == 5 && claimed.attempts == 1)
            #expect(claimed.place == (try TaskRecord.sample("1").place) && claimed.node == store.node)
            #expect(try await store.claimTask(at: 5) == nil)
            _ = try await store.changeTask("1", from: .running, at: 6, nil, TaskChange(progress: "{1}", plan: "{2}"))
            let ended = try await store.changeTask(
                "1", from: .running, at: 7, "completed", TaskChange(status: .completed, result: "{3}"))
            #expect(ended?.ended == 7 && ended?.progress == "{1}" && ended?.plan == "{2}" && ended?.result == "{3}")
            // What has ended does not change any more.
            #expect(
                try await store.changeTask("1", from: .running, at: 8, "failed", TaskChange(status: .failed)) == nil)
            #expect(try await store.words() == ["1 created pending", "1 started running", "1 completed completed"])
            let events = try await store.events(after: 0, task: nil, ofUser: nil, limit: 100)
            #expect(events.map(\.sequence) == events.map(\.sequence).sorted() && events.map(\.time) == [1, 5, 7])
            let later = try await store.events(after: events[1].sequence, task: nil, ofUser: nil, limit: 100)
            #expect(later == [events[2]])
            #expect(try await store.events(after: .max, task: nil, ofUser: nil, limit: 100).isEmpty)
        }
    }

    @Test(arguments: StoreKind.available)
    func `the oldest goes first, but none into a place that is taken`(kind: StoreKind) async throws {
        try await TaskStoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.add(.sample("1", "tank/a/b"))
            for (id, dataset, host) in [
                ("2", "tank/a", ""), ("3", "tank/a/b/c", ""), ("4", "tank/ab", ""), ("5", "tank/a", "nas"),
            ] {
                try await store.add(.sample(id, dataset, host: host))
            }
            var taken: [String] = []
            while let task = try await store.claimTask(at: 1) { taken.append(task.id) }
            #expect(taken == ["1", "4", "5"])
            _ = try await store.changeTask("1", from: .running, at: 2, "completed", TaskChange(status: .completed))
            #expect(try await store.claimTask(at: 2)?.id == "2")
            #expect(try await store.claimTask(at: 2) == nil)
        }
    }

    @Test(arguments: StoreKind.available)
    func `one that shall wait waits, and one that shall end does not`(kind: StoreKind) async throws {
        try await TaskStoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.add(.sample("1"))
            _ = try await store.claimTask(at: 1)
            let change = TaskChange(status: .pending, notBefore: 100)
            _ = try await store.changeTask("1", from: .running, at: 2, "retried", change)
            #expect(try await store.claimTask(at: 99) == nil)
            #expect(try await store.claimTask(at: 100)?.attempts == 2)
            // The clock was set back since.
            let later = TaskChange(status: .pending, notBefore: TaskRecord.longestWait + 100)
            _ = try await store.changeTask("1", from: .running, at: 2, "retried", later)
            #expect(try await store.claimTask(at: 100) == nil)
            #expect(try await store.claimTask(at: 99)?.attempts == 3)
            _ = try await store.changeTask("1", from: .running, at: 2, "retried", change)
            #expect(try await store.ask("1", .end)?.isEndWanted == true)
            #expect(try await store.claimTask(at: 3)?.isEndWanted == true)
        }
    }

    @Test(arguments: StoreKind.available)
    func `what is wanted of a task is known to whoever has it`(kind: StoreKind) async throws {
        try await TaskStoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.add(.sample("1"))
            #expect(try await store.ask("1", .request("{7}"))?.request == "{7}")
            #expect(try await store.claimTask(at: 1)?.request == "{7}")
            _ = try await store.ask("1", .request("{8}"))
            let told = try await store.changeTask("1", from: .running, at: 1, nil, TaskChange(progress: "{}"))
            #expect(told?.request == "{8}" && told?.isEndWanted == false)
            #expect(try await store.ask("2", .end) == nil)
            _ = try await store.changeTask("1", from: .running, at: 1, "failed", TaskChange(status: .failed))
            #expect(try await store.ask("1", .end) == nil)
        }
    }

    @Test(arguments: StoreKind.available)
    func `lists go from the newest on, in pages`(kind: StoreKind) async throws {
        try await TaskStoreBench.run(kind) { bench in
            let store = try await bench.open()
            for number in 1...5 {
                try await store.add(.sample("\(number)", user: number == 3 ? "bob" : "alice"))
            }
            let first = try await store.tasks(ofUser: nil, status: nil, after: nil, limit: 2)
            #expect(first.tasks.map(\.id) == ["5", "4"] && first.total == 5)
            let second = try await store.tasks(ofUser: nil, status: nil, after: first.next, limit: 10)
            #expect(second.tasks.map(\.id) == ["3", "2", "1"] && second.next == nil)
            let own = try await store.tasks(ofUser: "alice", status: .pending, after: nil, limit: 10)
            #expect(own.tasks.map(\.id) == ["5", "4", "2", "1"] && own.total == 4)
            #expect(try await store.events(after: 0, task: nil, ofUser: "bob", limit: 9).map(\.task) == ["3"])
            #expect(try await store.tasks(ofUser: nil, status: .failed, after: nil, limit: 10).total == 0)
        }
    }

    @Test(arguments: StoreKind.available)
    func `old tasks that have ended are forgotten, by number and by age`(kind: StoreKind) async throws {
        try await TaskStoreBench.run(kind) { bench in
            let store = try await bench.open(history: TaskHistory(tasks: 2, days: 1))
            func end(_ id: String, at time: Int64) async throws {
                try await store.add(.sample(id, "tank/\(id)", created: time))
                _ = try await store.claimTask(at: time)
                _ = try await store.changeTask(
                    id, from: .running, at: time, "completed", TaskChange(status: .completed))
            }
            try await store.add(.sample("waits", host: "nas", created: 1))
            _ = try await store.changeTask(
                "waits", from: .pending, at: 1, nil, TaskChange(notBefore: TaskRecord.longestWait))
            for number in 1...4 { try await end("\(number)", at: Int64(number)) }
            try await store.add(.sample("5", "tank/5", created: 5))
            var left = try await store.tasks(ofUser: "alice", status: nil, after: nil, limit: 10)
            #expect(left.tasks.map(\.id) == ["5", "4", "3", "waits"] && left.total == 4)
            #expect(try await store.task("2") == nil)
            try await store.add(.sample("6", "tank/6", created: 2 * 86_400_000))
            left = try await store.tasks(ofUser: nil, status: .completed, after: nil, limit: 10)
            #expect(left.tasks.isEmpty && left.total == 0)
        }
    }

    @Test(arguments: StoreKind.available)
    func `what nobody does any more waits again, and a task that was lost comes back`(kind: StoreKind) async throws {
        try await TaskStoreBench.run(kind) { bench in
            let store = try await bench.open()
            for id in ["1", "2"] { try await store.add(.sample(id, "tank/\(id)")) }
            for _ in 0..<2 { _ = try await store.claimTask(at: 1) }
            #expect(try await store.recoverTasks(at: 2, except: ["1", "2"]) == 0)
            // The answer to the claim of the second one was lost.
            #expect(try await store.recoverTasks(at: 2, except: ["1"]) == 1)
            #expect(try await store.claimTask(at: 3)?.id == "2")
            #expect(try await store.words(of: "2").suffix(2) == ["2 interrupted pending", "2 started running"])
            var lost = try TaskRecord.sample("3", "tank/3")
            (lost.attempts, lost.started) = (4, 2)
            try await store.restore(lost, at: 9)
            #expect(try await store.task("3")?.attempts == 4)
            #expect(try await store.task("3")?.status == .running)
            #expect(try await store.words(of: "3") == ["3 restored running"])
            // It is there, and stays as it is.
            _ = try await store.changeTask("3", from: .running, at: 9, nil, TaskChange(progress: "{}"))
            try await store.restore(lost, at: 10)
            #expect(try await store.task("3")?.progress == "{}")
            #expect(try await store.words(of: "3").count == 1)
        }
    }
}
