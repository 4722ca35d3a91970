import Storage
import Testing
import ZFSRPC

/// What both stores do with sessions.
@Suite struct StreamSessionStoreTests {
    @Test(arguments: StoreKind.available)
    func `a session is begun by one, ended, and begun again`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            let session = StreamSession.stream()
            try await store.add(session, lifetime: .seconds(300))
            #expect(try await store.session(session.id) == session)
            #expect(try await store.session("1") == nil)
            let begun = try await store.begin(session: session.id)
            #expect(begun.value?.state == .running && begun.value?.request == session.request)
            #expect(try await store.begin(session: session.id).word == "inUse")
            try await store.end(session: session.id, .failed, bytes: 1 << 40)
            let failed = try await store.session(session.id)
            #expect(failed?.state == .failed && failed?.bytes == 1 << 40)
            let again = try await store.begin(session: session.id)
            #expect(again.value?.state == .running && again.value?.bytes == 0)
            try await store.end(session: session.id, .completed, bytes: 7)
            #expect(try await store.session(session.id)?.state == .completed)
            #expect(try await store.begin(session: session.id).word == "granted")
            #expect(try await store.begin(session: "1").word == "unknown")
        }
    }

    @Test(arguments: StoreKind.available)
    func `a session that was cancelled stays so`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            for number in 1...2 { try await store.add(.stream(number), lifetime: .seconds(300)) }
            let (idle, running) = (StreamSession.stream(1).id, StreamSession.stream(2).id)
            try await store.end(session: idle, .cancelled, bytes: 0)
            #expect(try await store.begin(session: idle).word == "used")
            #expect(try await store.session(idle)?.state == .cancelled)
            _ = try await store.begin(session: running)
            try await store.end(session: running, .cancelled, bytes: 0)
            try await store.end(session: running, .completed, bytes: 99)
            #expect(try await store.session(running)?.state == .cancelled)
            #expect(try await store.session(running)?.bytes == 99)
            #expect(try await store.begin(session: running).word == "used")
            // None of this makes one of nothing.
            try await store.end(session: "9", .completed, bytes: 1)
            #expect(try await store.session("9") == nil)
        }
    }

    @Test(arguments: StoreKind.available)
    func `many at once begin a session once`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            var stores: [any TransferStore] = []
            for node in ["one", "two", "three"] { stores.append(try await bench.open(node: node)) }
            // Opened before anything runs: that of SQLite is one for all nodes.
            for store in stores { try await store.check() }
            try await stores[0].add(.stream(), lifetime: .seconds(300))
            let words = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<60 {
                    let store = stores[index % stores.count]
                    group.addTask { try await store.begin(session: StreamSession.stream().id).word }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(words == ["granted": 1, "inUse": 59])
        }
    }

    @Test(arguments: StoreKind.available)
    func `what an earlier run of the node left running has failed`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            for number in 1...3 { try await store.add(.stream(number), lifetime: .seconds(300)) }
            let ids = (1...3).map { StreamSession.stream($0).id }
            _ = try await store.begin(session: ids[0])
            _ = try await store.begin(session: ids[1])
            try await store.end(session: ids[1], .completed, bytes: 5)
            let next = try await bench.open()
            #expect(try await next.sessions(ofUser: nil).map(\.state) == [.failed, .completed, .pending])
            #expect(try await next.begin(session: ids[0]).word == "granted")
            #expect(try await next.session(ids[0])?.state == .running)
            #expect(try await next.session(ids[0])?.state == .running)
        }
    }

    @Test(arguments: StoreKind.available)
    func `a session expires, but not while it runs`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            for number in 1...2 { try await store.add(.stream(number), lifetime: .seconds(300)) }
            let (idle, running) = (StreamSession.stream(1).id, StreamSession.stream(2).id)
            bench.time.jump(TestTime.tenYears)
            bench.time.advance(299_999)
            _ = try await store.begin(session: running)
            #expect(try await store.session(idle) != nil)
            bench.time.advance(1)
            #expect(try await store.session(idle) == nil)
            #expect(try await store.begin(session: idle).word == "expired")
            bench.time.advance(10 * 86_400_000)
            #expect(try await store.begin(session: running).word == "inUse")
            #expect(try await store.sessions(ofUser: "alice").map(\.id) == [running])
            // Nor is it removed to make room.
            try await store.add(.stream(3), lifetime: .seconds(300))
            #expect(try await store.session(running)?.state == .running)
            try await store.end(session: running, .completed, bytes: 1)
            #expect(try await store.session(running) == nil)
            #expect(try await store.begin(session: running).word != "granted")
        }
    }

    @Test(arguments: StoreKind.available)
    func `sessions are listed by user or for all, and bounded`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open(limits: TransferStoreLimits(perUser: 2, total: 3))
            func add(_ number: Int, _ user: String) async -> TransferStoreError? {
                await failure { () throws(TransferStoreError) in
                    try await store.add(.stream(number, user: user), lifetime: .seconds(300))
                }
            }
            #expect(await add(4, "alice") == nil)
            #expect(await add(2, "bob") == nil)
            #expect(await add(3, "alice") == nil)
            #expect(await add(5, "alice")?.isFull == true)
            #expect(try await store.sessions(ofUser: "alice").map(\.id) == [4, 3].map { StreamSession.stream($0).id })
            #expect(try await store.sessions(ofUser: nil).map(\.user) == ["alice", "bob", "alice"])
            #expect(await add(5, "carol")?.isFull == true)
            _ = try await store.begin(session: StreamSession.stream(4).id)
            #expect(await add(5, "alice")?.isFull == true)
            try await store.end(session: StreamSession.stream(4).id, .completed, bytes: 1)
            #expect(await add(5, "alice") == nil)
            #expect(try await store.session(StreamSession.stream(4).id) == nil)
            let again = await add(5, "carol")
            #expect(again != nil)
        }
    }
}
