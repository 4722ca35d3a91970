import Redis
import Storage
import TestSupport
import Testing
import ZFSRPC

/// What can become of the server.
@Suite(.serialized, .enabled(if: RedisServer.program != nil, Comment(rawValue: RedisServer.absence)))
struct RedisTransferStoreTests {
    /// Runs `body` with a server, a bench for it, and a client of its own for what an operator does.
    private func run(
        _ arguments: [String] = [], _ body: (RedisServer, StoreBench, RedisClient) async throws -> Void
    ) async throws {
        try await RedisServer.with(arguments) { server in
            try await StoreBench.run(on: server) { bench in
                try await withClient(server) { try await body(server, bench, $0) }
            }
        }
    }

    private func withClient(_ server: RedisServer, _ body: (RedisClient) async throws -> Void) async throws {
        let client = RedisClient(configuration: .patient(server))
        try await client.connect()
        do {
            try await body(client)
            await client.close()
        } catch {
            await client.close()
            throw error
        }
    }

    private func restart(_ server: RedisServer, _ store: any TransferStore) async throws {
        server.stop()
        try await server.start()
        try await answers(store)
    }

    private func answers(_ store: any TransferStore) async throws {
        for _ in 0..<1000 {
            if await failure({ () throws(TransferStoreError) in try await store.check() }) == nil { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the store does not come back")
    }

    private func failure<Value>(
        _ question: () async throws(TransferStoreError) -> Value
    ) async -> TransferStoreError? {
        await StorageTests.failure(of: question)
    }

    @Test func `a used token does not come back with yesterday's dump`() async throws {
        try await run { server, bench, client in
            let store = try await bench.open()
            try await store.add(.token(1), lifetime: .seconds(300))
            try await store.add(.token(2), lifetime: .seconds(300))
            try await store.add(.stream(), lifetime: .seconds(300))
            _ = try await client.command("SAVE")
            #expect(try await store.claim(digest: .sample(1)).word == "granted")
            try await store.end(session: StreamSession.stream().id, .cancelled, bytes: 0)
            try await restart(server, store)
            // The dump has it, unused.
            let key = "zfs-apid:transfers:token:" + TokenDigest.sample(1).text
            for _ in 0..<500 where !(await client.isConnected) { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try await client.command("HGET", key, "uses").text == "0")
            #expect(try await store.claim(digest: .sample(1)).word == "unknown")
            #expect(try await store.claim(digest: .sample(2)).word == "unknown")
            let other = try await bench.open(node: "two")
            #expect(try await other.claim(digest: .sample(1)).word == "unknown")
            #expect(try await other.tokens(ofUser: "alice").isEmpty)
            #expect(try await other.begin(session: StreamSession.stream().id).word == "unknown")
            #expect(try await other.revoke(digest: .sample(1), ofUser: nil) == false)
            #expect(try await other.statistics().active == 0)
            // What is made from now on is good, under the same names too.
            try await store.add(.token(2), lifetime: .seconds(300))
            #expect(try await other.claim(digest: .sample(2)).word == "granted")
            #expect(try await store.claim(digest: .sample(2)).word == "used")
        }
    }

    @Test func `nor with the data of another server`() async throws {
        let quick = ["--repl-diskless-sync-delay", "0"]
        try await run(quick) { server, bench, client in
            try await RedisServer.with(quick) { copy in
                try await withClient(copy) { copyClient in
                    try await follow(copyClient, server)
                    let store = try await bench.open()
                    try await store.add(.token(), lifetime: .seconds(300))
                    for _ in 0..<1000 {
                        if try await copyClient.command("DBSIZE") == client.command("DBSIZE") { break }
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    _ = try await copyClient.command("REPLICAOF", "NO", "ONE")
                    #expect(try await store.claim(digest: .sample(1)).word == "granted")
                    try await follow(client, copy)
                    _ = try await client.command("REPLICAOF", "NO", "ONE")
                    let key = "zfs-apid:transfers:token:" + TokenDigest.sample(1).text
                    #expect(try await client.command("HGET", key, "uses").text == "0")
                    #expect(try await store.claim(digest: .sample(1)).word == "unknown")
                }
            }
        }
    }

    /// Makes one server a copy of another, and waits until it is.
    private func follow(_ client: RedisClient, _ leader: RedisServer) async throws {
        _ = try await client.command("REPLICAOF", "127.0.0.1", "\(leader.port)")
        for _ in 0..<2000 {
            let info = try await client.command("INFO", "replication").text ?? ""
            if info.contains("master_link_status:up") { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("no copy was made")
    }

    @Test func `after FLUSHALL everything is unknown, and the next token is good`() async throws {
        try await run { _, bench, client in
            let store = try await bench.open()
            try await store.add(.token(), lifetime: .seconds(300))
            try await store.add(.stream(), lifetime: .seconds(300))
            _ = try await store.begin(session: StreamSession.stream().id)
            _ = try await client.command("FLUSHALL")
            #expect(try await store.claim(digest: .sample(1)).word == "unknown")
            try await store.end(session: StreamSession.stream().id, .completed, bytes: 1)
            #expect(try await store.session(StreamSession.stream().id) == nil)
            #expect(try await store.sessions(ofUser: nil).isEmpty)
            try await store.add(.token(), lifetime: .seconds(300))
            #expect(try await store.claim(digest: .sample(1)).word == "granted")
        }
    }

    @Test func `a server that is away or hangs grants nothing, soon, and the store comes back`() async throws {
        try await RedisServer.with(isStarted: false) { server in
            var configuration = RedisConfiguration(address: .tcp(host: "127.0.0.1", port: server.port))
            configuration.commandTimeout = .seconds(1)
            let client = RedisClient(configuration: configuration)
            try? await client.connect()
            let store = RedisTransferStore(client: client, node: "one")
            let down = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(1)) }
            #expect(down?.description.contains("Redis is not available") == true && down?.isFull == false)
            try await server.start()
            try await answers(store)
            try await store.add(.token(1), lifetime: .seconds(300))
            try await store.add(.token(2), lifetime: .seconds(300))
            #expect(try await store.claim(digest: .sample(1)).word == "granted")
            server.hang()
            let start = ContinuousClock.now
            let hung = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(2)) }
            #expect(hung != nil)
            #expect(.now - start < .milliseconds(2000))
            server.wake()
            try await answers(store)
            // Redis took what it was sent after it woke: the answer was lost, and so is the token.
            let word = try await store.claim(digest: .sample(2)).word
            #expect(word == "used")
            server.stop()
            let gone = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(2)) }
            #expect(gone != nil)
            await client.close()
        }
    }

    @Test func `a lost answer costs the token, and not the session`() async throws {
        try await run { server, bench, _ in
            let client = RedisClient(configuration: .patient(server))
            try await client.connect()
            let store = RedisTransferStore(
                client: client, node: "one", clock: bench.time.clock, patience: .milliseconds(300))
            let id = StreamSession.stream().id
            for number in 1...2 { try await store.add(.token(number, uses: 1), lifetime: .seconds(300)) }
            try await store.add(.stream(), lifetime: .seconds(300))
            // So that Redis has the scripts.
            _ = try await store.claim(digest: .sample(9))
            _ = try await store.begin(session: id)
            try await store.end(session: id, .failed, bytes: 0)
            server.hang()
            let claim = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(1)) }
            let begin = await failure { () throws(TransferStoreError) in try await store.begin(session: id) }
            let again = await failure { () throws(TransferStoreError) in try await store.begin(session: id) }
            #expect(claim != nil && begin != nil && again != nil)
            server.wake()
            try await answers(store)
            #expect(try await store.claim(digest: .sample(1)).word == "used")
            #expect(try await store.session(id)?.state == .running)
            #expect(try await store.begin(session: id).word == "granted")
            #expect(try await store.begin(session: id).word == "inUse")
            #expect(try await store.statistics().used[.send] == 1)
            await client.close()
        }
    }

    @Test func `sessions of other nodes go on when a node starts again`() async throws {
        try await run { _, bench, client in
            let (one, two) = (try await bench.open(node: "one"), try await bench.open(node: "two"))
            for number in 1...2 { try await one.add(.stream(number), lifetime: .seconds(300)) }
            let ids = (1...2).map { StreamSession.stream($0).id }
            _ = try await one.begin(session: ids[0])
            _ = try await two.begin(session: ids[1])
            let next = try await bench.open(node: "one")
            #expect(try await next.sessions(ofUser: nil).map(\.state) == [.failed, .running])
            #expect(try await next.begin(session: ids[1]).word == "inUse")
            let left = try await client.command("SMEMBERS", "zfs-apid:transfers:running:one")
            #expect(left == .array([]))
        }
    }

    @Test func `a server that takes no writes grants nothing`() async throws {
        try await run { _, bench, client in
            let store = try await bench.open()
            try await store.add(.token(uses: 9), lifetime: .seconds(300))
            #expect(try await store.claim(digest: .sample(1)).word == "granted")
            func refused() async -> Bool {
                let claim = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(1)) }
                let check = await failure { () throws(TransferStoreError) in try await store.check() }
                return claim?.description.contains("Redis refused") == true && check != nil
            }
            _ = try await client.command("CONFIG", "SET", "maxmemory", "1")
            #expect(await refused())
            _ = try await client.command("CONFIG", "SET", "maxmemory", "0")
            _ = try await client.command("CONFIG", "SET", "min-replicas-to-write", "3")
            #expect(await refused())
            _ = try await client.command("CONFIG", "SET", "min-replicas-to-write", "0")
            _ = try await client.command("ACL", "SETUSER", "default", "-info")
            #expect(await refused())
            _ = try await client.command("ACL", "SETUSER", "default", "+info")
            #expect(try await store.claim(digest: .sample(1)).value?.uses == 2)
            _ = try await client.command("REPLICAOF", "127.0.0.1", "1")
            #expect(await refused())
        }
    }

    @Test func `what somebody else wrote is an error, and grants nothing`() async throws {
        try await run { _, bench, client in
            let store = try await bench.open()
            let prefix = "zfs-apid:transfers:"
            for (number, field) in [(1, "operation"), (2, "uses"), (3, "maximum_uses"), (4, "boot_end")] {
                try await store.add(.token(number), lifetime: .seconds(300))
                _ = try await client.command(
                    "HSET", prefix + "token:" + TokenDigest.sample(number).text, field, "nonsense")
                let claim = await failure { () throws(TransferStoreError) in
                    try await store.claim(digest: .sample(number))
                }
                #expect(claim != nil, "\(field)")
            }
            _ = try await client.command("DEL", prefix + "token:" + TokenDigest.sample(5).text)
            _ = try await client.command("SET", prefix + "token:" + TokenDigest.sample(5).text, "text")
            let claim = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(5)) }
            #expect(claim?.description.contains("WRONGTYPE") == true)
        }
    }

    @Test func `Redis forgets by itself, later than the daemon, and nothing is left over`() async throws {
        try await run { server, bench, client in
            let store = try await bench.open()
            let prefix = "zfs-apid:transfers:"
            for number in 1...3 {
                try await store.add(.token(number, user: "a:b\n\(number)"), lifetime: .seconds(300))
                try await store.add(.stream(number, user: "a:b\n\(number)"), lifetime: .seconds(300))
            }
            let rest = try await client.command("PTTL", prefix + "token:" + TokenDigest.sample(1).text).integer ?? 0
            #expect(rest > 300_000 + 86_000_000 && rest <= 300_000 + 86_400_000)
            // As if Redis had forgotten one, and the time of the others had come.
            _ = try await client.command("DEL", prefix + "token:" + TokenDigest.sample(1).text)
            bench.time.advance(400_000)
            for kind in ["token", "session"] {
                for member in try await client.command("ZRANGE", prefix + kind + ".ends", "0", "-1").elements ?? [] {
                    _ = try await client.command("ZADD", prefix + kind + ".ends", "1", member.text ?? "")
                }
            }
            try await store.add(.token(9, user: "last"), lifetime: .seconds(300))
            try await store.add(.stream(9, user: "last"), lifetime: .seconds(300))
            let keys = try await client.command("KEYS", "*").elements?.compactMap(\.text).sorted()
            let expected = [
                "sequence", "session.ends", "session:" + StreamSession.stream(9).id, "sessions", "sessions:last",
                "statistics", "token.ends", "token:" + TokenDigest.sample(9).text, "tokens", "tokens:last",
            ]
            #expect(keys == expected.map { prefix + $0 })
        }
    }
}
