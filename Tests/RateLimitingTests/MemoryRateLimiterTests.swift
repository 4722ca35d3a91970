import Glibc
import Testing

@testable import RateLimiting

@Suite struct MemoryRateLimiterTests {
    private let clock = TestClock()
    private let limit = RateLimit(requests: 10, window: .seconds(60))

    /// How many of `count` requests are allowed now.
    private func admitted(
        _ limiter: MemoryRateLimiter, _ key: String, _ limit: RateLimit? = nil, count: Int = 50
    ) async -> Int {
        var admitted = 0
        for _ in 0..<count where await limiter.admit(key, limit ?? self.limit).isAllowed { admitted += 1 }
        return admitted
    }

    @Test func `allows the limit, then what the window gives back as it slides`() async {
        let limiter = MemoryRateLimiter(now: clock.now)
        var total = 0
        for (pause, expected) in [(0, 10), (30, 0), (30, 0), (6, 1), (6, 1), (24, 4), (24, 4), (300, 10)] {
            clock.advance(by: .seconds(pause))
            let count = await admitted(limiter, "key")
            #expect(count == expected)
            total += count
        }
        #expect(total == 30)
    }

    @Test func `says what is left and when there is more`() async {
        let limiter = MemoryRateLimiter(now: clock.now)
        let first = await limiter.admit("key", limit)
        #expect(first == RateDecision(isAllowed: true, remaining: 9, reset: .seconds(120)))
        _ = await admitted(limiter, "key")
        clock.advance(by: .seconds(20))
        let refused = await limiter.admit("key", limit)
        #expect(!refused.isAllowed && refused.remaining == 0)
        clock.advance(by: refused.reset - .nanoseconds(1))
        let early = await limiter.admit("key", limit)
        #expect(!early.isAllowed)
        clock.advance(by: early.reset)
        let next = await limiter.admit("key", limit)
        #expect(next.isAllowed)
    }

    @Test func `keys and their windows are apart`() async {
        let limiter = MemoryRateLimiter(capacity: 8, now: clock.now)
        let long = RateLimit(requests: 3, window: .seconds(3600))
        #expect(await admitted(limiter, "one") == 10)
        #expect(await admitted(limiter, "two") == 10)
        #expect(await admitted(limiter, "long", long) == 3)
        clock.advance(by: .seconds(600))
        #expect(await admitted(limiter, "one") == 10)
        #expect(await admitted(limiter, "long", long) == 0)
    }

    @Test func `a new limit holds at once`() async {
        let limiter = MemoryRateLimiter(now: clock.now)
        #expect(await admitted(limiter, "key") == 10)
        #expect(await admitted(limiter, "key", RateLimit(requests: 15, window: .seconds(60))) == 5)
        #expect(await admitted(limiter, "key", RateLimit(requests: 1, window: .seconds(30))) == 0)
        for requests in [0, -1, Int.max] {
            let odd = await limiter.admit("odd", RateLimit(requests: requests, window: .seconds(requests)))
            #expect(odd.isAllowed == (requests > 0))
        }
    }

    @Test func `a clock that goes back neither fills nor empties a limit`() async {
        let limiter = MemoryRateLimiter(now: clock.now)
        #expect(await admitted(limiter, "key", count: 4) == 4)
        clock.advance(by: .seconds(-86_400 * 3650))
        #expect(await admitted(limiter, "key") == 6)
    }

    @Test func `a flood of new keys gives nobody their requests back`() async {
        let limiter = MemoryRateLimiter(capacity: 64, now: clock.now)
        for _ in 0..<10 { #expect(await limiter.admit("attacker", limit).isAllowed) }
        for number in 0..<64 * 8 {
            _ = await limiter.admit("flood \(number)", limit)
            #expect(await limiter.admit("attacker", limit).isAllowed == false)
        }
        clock.advance(by: .seconds(120))
        #expect(await admitted(limiter, "attacker") == 10)
    }

    @Test func `a flood that ended does not weigh on those who come later`() async {
        let limiter = MemoryRateLimiter(capacity: 64, now: clock.now)
        for number in 0..<10_000 { _ = await limiter.admit("flood \(number)", limit) }
        clock.advance(by: .seconds(120))
        #expect(await admitted(limiter, "new") == 10)
    }

    @Test func `a million addresses take no more memory than some do`() {
        let limiter = MemoryRateLimiter()
        let hundred = RateLimit(requests: 100, window: .seconds(60))
        // Other tests of the process take memory meanwhile; entries that stay would take it in each round.
        let growth = (0..<3).map { round in
            let before = residentBytes()
            var admitted = 0
            for number in 0..<1_000_000 where limiter.decide(.admit, "\(round):\(number)", hundred).isAllowed {
                admitted += 1
            }
            #expect(admitted > 990_000)
            return residentBytes() - before
        }
        #expect(growth.contains { $0 < 128 << 20 }, "it grew by \(growth) bytes")
    }

    @Test func `eight tasks at once get exactly the limit`() async {
        let limiter = MemoryRateLimiter()
        let limit = RateLimit(requests: 1000, window: .seconds(600))
        let admitted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var admitted = 0
                    for _ in 0..<500 where await limiter.admit("key", limit).isAllowed { admitted += 1 }
                    return admitted
                }
            }
            return await group.reduce(0, +)
        }
        #expect(admitted == 1000)
    }

    /// What the process has in memory, by proc(5).
    private func residentBytes() -> Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard unsafe fgets(&line, 128, file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(getpagesize())
    }
}
