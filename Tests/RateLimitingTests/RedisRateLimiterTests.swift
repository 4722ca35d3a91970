import Redis
import Synchronization
import TestSupport
import Testing

@testable import RateLimiting

@Suite(.serialized, .enabled(if: RedisServer.program != nil, Comment(rawValue: RedisServer.absence)))
struct RedisRateLimiterTests {
    private let limit = RateLimit(requests: 20, window: .seconds(60))

    private func withClient<Result>(
        _ server: RedisServer, body: (RedisClient) async throws -> Result
    ) async throws -> Result {
        var configuration = RedisConfiguration(address: .tcp(host: "127.0.0.1", port: server.port))
        configuration.connectTimeout = .seconds(10)
        let client = RedisClient(configuration: configuration)
        try? await client.connect()
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    /// A limiter with more patience than the daemon's: the machine that runs the tests may be busy.
    private func limiter(
        _ client: RedisClient, onChange: @escaping @Sendable (RedisError?) -> Void = { _ in }
    ) -> RedisRateLimiter {
        RedisRateLimiter(client: client, patience: .seconds(10), onChange: onChange)
    }

    private func admitted(_ limiter: any RateLimiter, _ key: String, _ limit: RateLimit? = nil) async -> Int {
        let limit = limit ?? self.limit
        return await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<limit.requests * 2 { group.addTask { await limiter.admit(key, limit).isAllowed } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test func `two nodes share one limit`() async throws {
        try await RedisServer.with { server in
            try await withClient(server) { one in
                try await withClient(server) { two in
                    let nodes = [limiter(one), limiter(two)]
                    let key = RateKey.peer("2001:db8::1")
                    async let first = admitted(nodes[0], key)
                    async let second = admitted(nodes[1], key)
                    let total = await first + second
                    #expect(total == 20)
                    #expect(await admitted(nodes[0], "other") == 20)
                    let refused = await nodes[1].admit("other", limit)
                    #expect(!refused.isAllowed && refused.remaining == 0)
                    #expect(refused.reset > .seconds(50) && refused.reset <= .seconds(61))
                }
            }
        }
    }

    @Test func `the window slides, and keys expire`() async throws {
        try await RedisServer.with { server in
            try await withClient(server) { client in
                let short = RateLimit(requests: 10, window: .seconds(1))
                let limiter = self.limiter(client)
                let first = await limiter.admit("key", short)
                #expect(first.isAllowed && first.remaining == 9)
                #expect(first.reset > .seconds(1) && first.reset <= .seconds(2))
                #expect(await admitted(limiter, "key", short) == 9)
                let refused = await limiter.admit("key", short)
                #expect(!refused.isAllowed && refused.reset <= .seconds(2))
                try await Task.sleep(for: refused.reset + .milliseconds(20))
                let next = await limiter.admit("key", short)
                #expect(next.isAllowed)
                try await Task.sleep(for: .milliseconds(2050))
                let keys = try await client.command("EXISTS", "zfs-apid:rate:key")
                #expect(keys.integer == 0)
            }
        }
    }

    @Test func `a clock of the server that was set back holds nobody`() async throws {
        try await RedisServer.with { server in
            try await withClient(server) { client in
                let short = RateLimit(requests: 10, window: .milliseconds(300))
                // As ten requests left it in the year 2100.
                let key = "zfs-apid:rate:key"
                _ = try await client.command("HSET", key, "start", "4102444800000", "count", "10", "before", "0")
                let limiter = self.limiter(client)
                let refused = await limiter.admit("key", short)
                #expect(!refused.isAllowed && refused.reset <= .milliseconds(301))
                try await Task.sleep(for: refused.reset + .milliseconds(20))
                let next = await limiter.admit("key", short)
                #expect(next.isAllowed)
            }
        }
    }

    @Test func `an emptied server gives nobody their requests back`() async throws {
        try await RedisServer.with { server in
            try await withClient(server) { client in
                let limiter = self.limiter(client)
                #expect(await admitted(limiter, "key") == 20)
                _ = try await client.command("FLUSHALL")
                _ = try await client.command("SCRIPT", "FLUSH")
                #expect(await admitted(limiter, "key") == 0)
                #expect(await admitted(limiter, "other") == 20)
            }
        }
    }

    @Test func `counts in memory while the server is away, and shares again by itself`() async throws {
        try await RedisServer.with(isStarted: false) { server in
            try await withClient(server) { client in
                let log = Changes()
                let limiter = self.limiter(client) { log.add($0) }
                let clock = ContinuousClock()
                let time = await clock.measure { #expect(await admitted(limiter, "key") == 20) }
                #expect(time < .milliseconds(500))
                #expect(log.all.count == 1)
                try await server.start()
                // An attempt may be under way that began before the server was there.
                for attempt in 0... {
                    do {
                        try await client.connect()
                        break
                    } catch RedisError.unavailable where attempt < 500 {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                }
                #expect(await admitted(limiter, "shared") == 20)
                #expect(log.all.count == 2 && log.all.last == .some(nil))
                let keys = try await client.command("KEYS", "*")
                #expect(keys == .array([.bulk(Array("zfs-apid:rate:shared".utf8))]))
                // Known to memory from before.
                #expect(await admitted(limiter, "key") == 0)
                server.stop()
                #expect(await admitted(limiter, "shared") == 0)
                #expect(await admitted(limiter, "alone") == 20)
            }
        }
    }

    @Test func `a server that hangs delays one request shortly, and the next not at all`() async throws {
        try await RedisServer.with { server in
            try await withClient(server) { client in
                let limiter = RedisRateLimiter(client: client)
                #expect(await limiter.admit("key", limit).isAllowed)
                server.hang()
                let clock = ContinuousClock()
                var time = await clock.measure { _ = await limiter.admit("key", limit) }
                // Less than the second that the client itself would wait, on a busy machine.
                #expect(time < .milliseconds(800))
                time = await clock.measure { for _ in 0..<10 { _ = await limiter.admit("key", limit) } }
                #expect(time < .milliseconds(800))
                server.wake()
                while try await !client.command("EXISTS", "zfs-apid:rate:back").isOne {
                    _ = await limiter.admit("back", RateLimit(requests: 10_000, window: .seconds(60)))
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }
    }

    @Test func `a server that is full or read-only is as one that is away`() async throws {
        try await RedisServer.with { server in
            try await withClient(server) { client in
                let log = Changes()
                let limiter = self.limiter(client) { log.add($0) }
                _ = try await client.command("CONFIG", "SET", "maxmemory", "1")
                #expect(await admitted(limiter, "full") == 20)
                #expect(log.all.count == 1)
                _ = try await client.command("CONFIG", "SET", "maxmemory", "0")
                #expect(await limiter.admit("key", limit).isAllowed)
                #expect(log.all.count == 2)
                _ = try await client.command("REPLICAOF", "127.0.0.1", "1")
                #expect(await admitted(limiter, "read-only") == 20)
                #expect(log.all.count == 3)
            }
        }
    }
}

/// The changes a limiter reported.
private final class Changes: Sendable {
    private let changes = Mutex<[RedisError?]>([])

    var all: [RedisError?] { changes.withLock { $0 } }

    func add(_ change: RedisError?) {
        changes.withLock { $0.append(change) }
    }
}

extension RedisReply {
    fileprivate var isOne: Bool { integer == 1 }
}
