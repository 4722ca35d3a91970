import TestSupport
import Testing

@testable import zfs_apid

@Suite struct RedisCheckTests {
    private func check(_ port: Int = 6379, passwordFile: String? = nil) -> RedisCheck {
        var configuration = RedisConfiguration()
        configuration.host = "127.0.0.1"
        configuration.port = port
        configuration.passwordFile = passwordFile
        return RedisCheck(configuration: configuration)
    }

    private static let good = [
        "redis_version": "7.0.15", "role": "master", "maxmemory": "0", "maxmemory_policy": "noeviction",
        "aof_enabled": "1", "aof_last_write_status": "ok", "rdb_last_bgsave_status": "ok", "used_memory": "900",
    ]

    private func judge(_ changes: [String: String]) -> [Finding] {
        let lines = Self.good.merging(changes) { $1 }.map { "\($0):\($1)" }
        return check().judge(RedisFacts("# Server\r\n" + lines.joined(separator: "\r\n")))
    }

    @Test(
        arguments: [
            ([:], [.ok]),
            (["redis_version": "6.0.16"], [.problem]),
            (["redis_version": "6.2.0"], [.ok]),
            (["maxmemory_policy": "allkeys-lru"], [.warning]),
            (["maxmemory_policy": "volatile-ttl", "maxmemory": "1000"], [.problem]),
            (["maxmemory": "1000"], [.ok]),
            (["maxmemory": "990"], [.warning]),
            (["aof_enabled": "0"], [.problem]),
            (["aof_enabled": "0", "maxmemory_policy": "allkeys-lru"], [.warning, .problem]),
            (["aof_last_write_status": "err"], [.problem]),
            (["rdb_last_bgsave_status": "err"], [.problem]),
            (["role": "slave"], [.problem]),
            (["loading": "1"], [.warning]),
        ] as [([String: String], [Finding.Status])])
    func `what the server says of itself is judged`(changes: [String: String], statuses: [Finding.Status]) {
        let findings = judge(changes)
        #expect(findings.map(\.status) == statuses)
        #expect(findings.allSatisfy { $0.status == .ok || $0.remedy != nil })
    }

    @Test func `what is no Redis is told of`() {
        #expect(check().judge(RedisFacts("")).map(\.status) == [.problem])
    }

    @Test(.enabled(if: RedisServer.program != nil, "\(RedisServer.absence)"))
    func `a real server without a log is a problem, one that wants a password too, and one that is away`() async throws
    {
        let port = try await RedisServer.with { server in
            #expect(await check(server.port).findings().map(\.status) == [.problem])
            return server.port
        }
        let away = await check(port).findings()
        #expect(away.first?.message.contains("connection refused") == true)
        let folder = try TemporaryFolder()
        try folder.write("wrong-secret\n", to: "password")
        try await RedisServer.with(["--requirepass", "right-secret", "--appendonly", "yes"]) { server in
            let none = await check(server.port).findings()
            #expect(none.first?.remedy?.contains("redis.password_file") == true)
            let wrong = await check(server.port, passwordFile: folder.file("password")).findings()
            #expect(wrong.first?.message.contains("WRONGPASS") == true)
            #expect(!"\(wrong)".contains("wrong-secret"))
            try folder.write("right-secret\n", to: "password")
            let right = await check(server.port, passwordFile: folder.file("password")).findings()
            #expect(right.map(\.status) == [.ok])
        }
    }
}
