internal import Synchronization

/// Counts requests in the memory of this process.
///
/// ## Limits
/// A request that is refused is not counted: who goes on asking gets the limit, and no less. Within one window a key is
/// allowed no more than its limit; a stretch of time that lies across two windows can hold twice the limit at most.
///
/// ## Memory
/// The table has a fixed number of counters, in sets of eight; the hash of a key, with a seed that nobody outside knows,
/// says which set. When a set is full, a new key takes the counter that counts least *with what it has counted*. So a
/// flood of new keys never gives an old key its requests back: who returns after losing the counter takes one that
/// counts no less than the lost one did when it was lost, as far as that has not faded. The price is paid in the other
/// direction: while more keys are active than there are counters, new keys begin with the requests of those they
/// replaced, and may be refused earlier than their limit says. Give logins a limiter of their own, so that a flood of
/// other requests does not weigh on them.
///
/// ## Clock
/// Monotonic, and counts while the machine sleeps: setting the time of day changes nothing.
///
/// ## Concurrency
/// One mutex, held for the look at eight counters.
public final class MemoryRateLimiter: RateLimiter {
    /// What to do about a request.
    enum Step {
        /// Count it if it is allowed.
        case admit
        /// Say whether it is allowed.
        case ask
        /// Count it, for it was allowed elsewhere.
        case record
    }

    private struct Counter {
        var tag = 0
        /// The length of the window its key has, in nanoseconds.
        var length: Int64 = 1
        var window = SlidingWindow()
    }

    private static let ways = 8
    /// Longer windows would only keep counters busy; and sums of times must not overflow.
    static let longestWindow = Duration.seconds(86_400)

    private let origin: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant
    private let sets: Int
    private let counters: Mutex<[Counter]>

    /// Makes a limiter with nothing counted.
    ///
    /// - Parameters:
    ///   - capacity: How many keys have a counter of their own; 32 bytes each. Rounded up to a multiple of eight.
    ///   - now: The time.
    public init(
        capacity: Int = 65_536,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.now = now
        origin = now()
        sets = max(1, (capacity + Self.ways - 1) / Self.ways)
        counters = Mutex(Array(repeating: Counter(), count: sets * Self.ways))
    }

    /// Counts one request of `key` and says whether it is allowed.
    public func admit(_ key: String, _ limit: RateLimit) async -> RateDecision {
        decide(.admit, key, limit)
    }

    /// Does `step` for a request of `key`.
    func decide(_ step: Step, _ key: String, _ limit: RateLimit) -> RateDecision {
        // Seeded anew in each process (SE-0206), so that nobody can choose keys that share a set.
        var hasher = Hasher()
        hasher.combine(key)
        let tag = hasher.finalize()
        let first = Int(UInt(bitPattern: tag) % UInt(sets)) * Self.ways
        let length = max(1, Self.nanoseconds(min(limit.window, Self.longestWindow)))
        return counters.withLock { counters in
            let time = Self.nanoseconds(now() - origin)
            let index = Self.index(of: tag, in: counters, from: first, at: time)
            var counter = counters[index]
            defer { counters[index] = counter }
            counter.window.advance(to: time, length: counter.length)
            if counter.length != length {
                // Another key had it, or the limit of this key was changed.
                counter.length = length
                counter.window.advance(to: time, length: length)
            }
            counter.tag = tag
            return Self.apply(step, to: &counter.window, at: time, length: length, limit: limit.requests)
        }
    }

    /// The counter of `tag`, or the one it takes over.
    private static func index(of tag: Int, in counters: [Counter], from first: Int, at time: Int64) -> Int {
        var least = first
        var leastUsed = Int.max
        for index in first..<first + ways {
            let counter = counters[index]
            if counter.tag == tag { return index }
            let used = counter.window.used(at: time, length: counter.length)
            if used < leastUsed { (least, leastUsed) = (index, used) }
        }
        return least
    }

    private static func apply(
        _ step: Step, to window: inout SlidingWindow, at time: Int64, length: Int64, limit: Int
    ) -> RateDecision {
        let used = window.used(at: time, length: length)
        let isAllowed = step == .record || used < limit
        guard isAllowed else {
            let wait = window.timeUntilAllowed(at: time, length: length, limit: limit)
            return RateDecision(isAllowed: false, remaining: 0, reset: .nanoseconds(wait))
        }
        if step != .ask { window.record() }
        let left = max(0, limit - window.used(at: time, length: length))
        let reset = window.timeUntilEmpty(at: time, length: length)
        return RateDecision(isAllowed: true, remaining: left, reset: .nanoseconds(reset))
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
