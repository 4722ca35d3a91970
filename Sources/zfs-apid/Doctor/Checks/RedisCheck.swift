import Logging
import Redis

/// Whether Redis can be reached, and keeps what it is given.
struct RedisCheck: DoctorCheck {
    private static let oldest = ReleaseNumber(6, 2)

    let name = "redis"
    let configuration: RedisConfiguration

    private var place: String {
        switch configuration.endpoint {
        case .tcp(let host, let port)?: "\(host):\(port)"
        case .unix(let path)?: path
        case nil: "nowhere"
        }
    }

    func findings() async -> [Finding] {
        let client: RedisClient
        do {
            let silent = Logger(label: "zfs-apid") { _ in SwiftLogNoOpLogHandler() }
            guard let made = try RedisClient(configuration, logger: silent) else { return [] }
            client = made
        } catch {
            return [.problem(name, error.description, "see redis.password_file")]
        }
        let findings: [Finding]
        do throws(RedisError) {
            try await client.connect()
            let info = try await client.command("INFO")
            findings = judge(RedisFacts(info.text ?? ""))
        } catch {
            findings = [judge(error)]
        }
        await client.close()
        return findings
    }

    /// What it means that there is no answer.
    func judge(_ error: RedisError) -> Finding {
        let message = "\(place): \(error.description)"
        switch error.refusalCode {
        case "NOAUTH": return .problem(name, message, "set redis.password_file, and redis.user where it has users")
        case "WRONGPASS", "ERR":
            return .problem(name, message, "compare redis.user and the file of redis.password_file with the server's")
        case "NOPERM":
            return .problem(name, message, "give the user INFO and the other commands that Docs/operations.md lists")
        default: return .problem(name, message, "is redis-server running, and are redis.host, port and path right?")
        }
    }

    /// What the server's facts mean.
    func judge(_ facts: RedisFacts) -> [Finding] {
        guard let version = facts["redis_version"] else {
            return [
                .problem(name, "\(place) does not say its version, so it is no Redis", "see redis.host and redis.port")
            ]
        }
        var findings = eviction(facts) + persistence(facts)
        if let release = ReleaseNumber(version), release < Self.oldest {
            findings.append(
                .problem(name, "Redis \(version) at \(place) is too old", "install \(Self.oldest) or newer"))
        }
        if facts["role"] == "slave" {
            findings.append(
                .problem(name, "\(place) is a replica, which takes no writes", "give its primary as redis.host"))
        }
        if facts["loading"] == "1" {
            findings.append(.warning(name, "\(place) still loads its data", "wait until it has"))
        }
        guard findings.isEmpty else { return findings }
        return [.ok(name, "Redis \(version) at \(place) answers, evicts nothing and keeps a log")]
    }

    private func eviction(_ facts: RedisFacts) -> [Finding] {
        let limit = facts["maxmemory"].flatMap(UInt64.init) ?? 0
        if let policy = facts["maxmemory_policy"], policy != "noeviction" {
            let message =
                "\(place) evicts keys when it is full (maxmemory-policy \(policy)), and tasks and tokens with them"
            let remedy = "maxmemory-policy noeviction in redis.conf, and CONFIG SET maxmemory-policy noeviction"
            // Without a limit it is never full.
            return limit > 0
                ? [.problem(name, message, remedy)] : [.warning(name, message + "; it has no maxmemory yet", remedy)]
        }
        guard limit > 0, let used = facts["used_memory"].flatMap(UInt64.init), used > limit / 10 * 9 else { return [] }
        return [
            .warning(
                name, "\(place) uses \(SystemText.size(used)) of \(SystemText.size(limit)), and will refuse writes",
                "raise maxmemory")
        ]
    }

    private func persistence(_ facts: RedisFacts) -> [Finding] {
        var findings: [Finding] = []
        if facts["aof_enabled"] == "0" {
            findings.append(
                .problem(
                    name, "\(place) keeps no log, so tasks of migrations are lost when it ends",
                    "appendonly yes in redis.conf, and CONFIG SET appendonly yes"))
        }
        for (field, what) in [("aof_last_write_status", "its log"), ("rdb_last_bgsave_status", "its dump")] {
            guard let status = facts[field], status != "ok" else { continue }
            findings.append(
                .problem(name, "\(place) cannot write \(what)", "look at its log, and at the space on its disk"))
        }
        return findings
    }
}
