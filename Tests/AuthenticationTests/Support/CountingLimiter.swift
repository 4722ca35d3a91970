import RateLimiting
import Synchronization

/// Allows as many requests of a key as the limit says, for ever.
final class CountingLimiter: RateLimiter {
    private let counts = Mutex<[String: Int]>([:])

    var keys: [String: Int] { counts.withLock { $0 } }

    func admit(_ key: String, _ limit: RateLimit) async -> RateDecision {
        let count = counts.withLock { counts in
            counts[key, default: 0] += 1
            return counts[key, default: 0]
        }
        return RateDecision(
            isAllowed: count <= limit.requests, remaining: max(0, limit.requests - count), reset: .milliseconds(1500))
    }
}
