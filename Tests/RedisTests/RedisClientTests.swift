import Redis
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: RedisServer.program != nil, Comment(rawValue: RedisServer.absence)))
struct RedisClientTests {
    @Test func `stores bytes of every value and gives them back`() async throws {
        try await RedisServer.with { server in
            try await withClient(RedisConfiguration(server)) { client in
                let bytes = Array(UInt8.min...UInt8.max) + [0, 13, 10, 0]
                let stored = try await client.command([Array("SET".utf8), [0, 1], bytes])
                #expect(stored == .simple("OK"))
                let read = try await client.command([Array("GET".utf8), [0, 1]])
                #expect(read == .bulk(bytes))
                let missing = try await client.command("GET", "")
                #expect(missing == .null)
            }
        }
    }

    @Test func `works over a Unix socket and in another database`() async throws {
        try await RedisServer.with { server in
            var configuration = RedisConfiguration(address: .unix(path: server.socketPath), database: 3)
            try await withClient(configuration) { client in
                _ = try await client.command("SET", "key", "value")
                let size = try await client.command("DBSIZE")
                #expect(size.integer == 1)
            }
            configuration.database = 0
            try await withClient(configuration) { client in
                let size = try await client.command("DBSIZE")
                #expect(size.integer == 0)
            }
            configuration.database = 99
            try await withClient(configuration) { client in
                let error = await failure(of: client, "PING")
                #expect(error?.description.contains("DB index") == true)
                #expect(error?.mayBeApplied == false)
            }
        }
    }

    @Test func `ten thousand commands at once each get their own reply`() async throws {
        try await RedisServer.with { server in
            try await withClient(RedisConfiguration(server)) { client in
                let isRight = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<10_000 {
                        group.addTask {
                            try await client.command("ECHO", "\(number)", timeout: .seconds(20)).text == "\(number)"
                        }
                    }
                    return try await group.allSatisfy { $0 }
                }
                #expect(isRight)
            }
        }
    }

    @Test func `what waits is bounded in number and in bytes`() async throws {
        try await RedisServer.with { server in
            var configuration = RedisConfiguration(server)
            configuration.commandTimeout = .seconds(1)
            configuration.commandsInFlight = 4
            configuration.bytesInFlight = 1 << 20
            try await withClient(configuration) { client in
                let tooLarge = await failure(of: client, "SET", "key", String(repeating: "x", count: 1 << 20))
                #expect(tooLarge == .unavailable("too many commands wait for their replies"))
                server.hang()
                let errors = await withTaskGroup(of: RedisError?.self) { group in
                    for _ in 0..<10 { group.addTask { await failure(of: client, "PING") } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(errors.count { $0 == .timedOut } == 4)
                #expect(errors.count { $0 == tooLarge } == 6)
                server.wake()
            }
        }
    }

    @Test func `a script runs by its digest, and by its source after the server forgot it`() async throws {
        try await RedisServer.with { server in
            let script = RedisScript("return {KEYS[1], ARGV[1], redis.call('INCR', 'runs')}")
            try await withClient(RedisConfiguration(server)) { client in
                for run in 1...4 {
                    if run == 3 { _ = try await client.command("SCRIPT", "FLUSH") }
                    let reply = try await client.eval(script, keys: [[1, 0]], arguments: [[2, 0]])
                    #expect(reply == .array([.bulk([1, 0]), .bulk([2, 0]), .integer(Int64(run))]))
                }
                let faulty = RedisScript("return redis.call('INCR', KEYS[1], 'too', 'many')")
                await #expect(throws: RedisError.self) {
                    _ = try await client.eval(faulty, keys: [[1]], arguments: [])
                }
            }
        }
    }

    @Test func `a closed client fails commands that wait, and all that follow`() async throws {
        try await RedisServer.with { server in
            let client = RedisClient(configuration: RedisConfiguration(server))
            try await client.connect()
            server.hang()
            async let waiting = failure(of: client, "PING")
            try await Task.sleep(for: .milliseconds(50))
            await client.close()
            let error = await waiting
            #expect(error == .connectionLost("the client was closed"))
            let later = await failure(of: client, "PING")
            #expect(later == .unavailable("the client was closed"))
            await #expect(throws: RedisError.self) { try await client.connect() }
            server.wake()
            let away = RedisClient(configuration: RedisConfiguration(port: try LoopbackPort.free()))
            await #expect(throws: RedisError.self) { try await away.connect() }
            async let attempt: Void = away.connect()
            await away.close()
            do {
                try await attempt
                Issue.record("a closed client is connected")
            } catch {
                #expect(error as? RedisError == .unavailable("the client was closed"))
            }
        }
    }

    @Test func `clients that come and go leave no connection and no descriptor`() async throws {
        try await RedisServer.with { server in
            let before = openDescriptors()
            for _ in 0..<200 {
                try await withClient(RedisConfiguration(server)) { client in _ = try await client.command("PING") }
            }
            let port = try LoopbackPort.free()
            for _ in 0..<200 {
                try await withClient(RedisConfiguration(port: port)) { client in
                    let isConnected = await client.isConnected
                    #expect(!isConnected)
                }
            }
            // Other tests of the process open some meanwhile, but not hundreds.
            #expect(openDescriptors() - before < 100)
            try await withClient(RedisConfiguration(server)) { client in
                var connections = 0
                for _ in 0..<100 where connections != 1 {
                    // The server may still be about to see the last one go.
                    let clients = try await client.command("CLIENT", "LIST")
                    connections = clients.text?.split(separator: "\n").count ?? 0
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(connections == 1)
            }
        }
    }
}
