public import Redis
internal import Synchronization

/// Counts requests in Redis, so that all nodes that use one server share each limit.
///
/// The same requests are counted in memory as well. What memory refuses is not sent to Redis, so a flood costs Redis
/// nothing; and when Redis is away, was emptied, or had its clock set forward, this node still holds each key to the
/// limit, with what it counted before. When Redis answers again the limits are shared again.
///
/// ## Clock
/// The server's, in one script for all nodes. When it is set back, the window in Redis begins anew with its count; when
/// it is set forward, Redis forgets and the count in memory stands.
///
/// ## Concurrency
/// One mutex for whether Redis is asked.
public final class RedisRateLimiter: RateLimiter {
    private struct Sharing {
        var failure: RedisError?
        var pausedUntil: ContinuousClock.Instant?
    }

    /// How long Redis is not asked after it kept a request waiting, so that the next ones need not wait as well.
    private static let pause = Duration.seconds(1)

    private let client: RedisClient
    private let memory: MemoryRateLimiter
    private let prefix: String
    private let patience: Duration
    private let onChange: @Sendable (RedisError?) -> Void
    private let sharing = Mutex(Sharing())

    /// Makes a limiter over a client that someone else connects and closes.
    ///
    /// - Parameters:
    ///   - client: The server. Needs `EVALSHA`, `EVAL` and `SCRIPT LOAD`, and in the script `TIME`, `HMGET`, `HSET` and
    ///     `PEXPIRE`, on keys that begin with `prefix`.
    ///   - memory: The count of this node.
    ///   - prefix: What the keys in Redis begin with.
    ///   - onChange: Called with an error when requests begin to be counted in memory alone, and with nil when they are
    ///     shared again; must not block.
    public convenience init(
        client: RedisClient,
        memory: MemoryRateLimiter = MemoryRateLimiter(),
        prefix: String = "zfs-apid:rate:",
        onChange: @escaping @Sendable (RedisError?) -> Void = { _ in }
    ) {
        // Deadlines of commands are looked at every 5 ms: a request waits less than 250 ms.
        self.init(client: client, memory: memory, prefix: prefix, patience: .milliseconds(200), onChange: onChange)
    }

    /// Makes a limiter that waits as long as `patience` for Redis.
    init(
        client: RedisClient,
        memory: MemoryRateLimiter = MemoryRateLimiter(),
        prefix: String = "zfs-apid:rate:",
        patience: Duration,
        onChange: @escaping @Sendable (RedisError?) -> Void = { _ in }
    ) {
        self.client = client
        self.memory = memory
        self.prefix = prefix
        self.patience = patience
        self.onChange = onChange
    }

    /// Counts one request of `key` on all nodes, or on this one when Redis does not answer.
    public func admit(_ key: String, _ limit: RateLimit) async -> RateDecision {
        let local = memory.decide(.ask, key, limit)
        guard local.isAllowed else { return local }
        guard mayAsk() else { return memory.decide(.admit, key, limit) }
        do throws(RedisError) {
            let decision = try await ask(key, limit)
            note(nil)
            if decision.isAllowed { _ = memory.decide(.record, key, limit) }
            return decision
        } catch {
            note(error)
            return memory.decide(.admit, key, limit)
        }
    }

    private func ask(_ key: String, _ limit: RateLimit) async throws(RedisError) -> RateDecision {
        let milliseconds = max(1, min(limit.window, MemoryRateLimiter.longestWindow) / .milliseconds(1))
        let reply = try await client.eval(
            Self.script,
            keys: [Array((prefix + key).utf8)],
            arguments: ["\(Int64(milliseconds))", "\(limit.requests)"].map { Array($0.utf8) },
            timeout: patience
        )
        let numbers = reply.elements?.compactMap(\.integer) ?? []
        guard numbers.count == 3 else { throw .protocolError("the script of rate limits answers something else") }
        return RateDecision(
            isAllowed: numbers[0] == 1,
            remaining: Int(numbers[1]),
            reset: .milliseconds(numbers[2])
        )
    }

    private func mayAsk() -> Bool {
        sharing.withLock { sharing in
            guard let end = sharing.pausedUntil else { return true }
            guard end <= .now else { return false }
            // One request finds out whether Redis answers again; the others need not wait with it.
            sharing.pausedUntil = .now + Self.pause
            return true
        }
    }

    private func note(_ failure: RedisError?) {
        let isChange = sharing.withLock { sharing in
            defer { sharing.failure = failure }
            sharing.pausedUntil = failure == .timedOut ? .now + Self.pause : nil
            return (failure == nil) != (sharing.failure == nil)
        }
        if isChange { onChange(failure) }
    }

    /// The same arithmetic as in memory, in milliseconds of the server's clock.
    ///
    /// Answers {allowed, left, reset}.
    private static let script = RedisScript(
        """
        local window, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local state = redis.call('HMGET', KEYS[1], 'start', 'count', 'before')
        local start, count, before = tonumber(state[1]) or now, tonumber(state[2]) or 0, tonumber(state[3]) or 0
        local isChanged = false
        if start > now then
          -- The clock was set back: nobody shall wait until it is as late again.
          start, isChanged = now, true
        end
        if now - start >= 2 * window then
          start, count, before = now, 0, 0
        elseif now - start >= window then
          start, count, before = start + window, 0, count
        end
        local rest = start + window - now
        local used = count + math.floor(before * rest / window)
        local allowed = used < limit
        if allowed then
          count, used, isChanged = count + 1, used + 1, true
        end
        if isChanged then
          redis.call('HSET', KEYS[1], 'start', string.format('%.0f', start), 'count', count, 'before', before)
          redis.call('PEXPIRE', KEYS[1], math.max(1, start + 2 * window - now))
        end
        if allowed then
          return {1, limit - used, start + 2 * window - now}
        end
        -- How long until one more is allowed: until fewer than `room` of the window before still count.
        local function longest_rest(before, room)
          if before < room then return window end
          return math.ceil(room * window / before) - 1
        end
        if count < limit then
          return {0, 0, rest - longest_rest(before, limit - count)}
        end
        return {0, 0, rest + window - longest_rest(count, limit)}
        """
    )
}
