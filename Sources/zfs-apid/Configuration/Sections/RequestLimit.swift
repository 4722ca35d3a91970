import RateLimiting

/// How many requests are allowed in a sliding window: the keys `requests` and `window`.
struct RequestLimit: Sendable, Hashable {
    var requests: Int
    var window = Duration.seconds(60)

    /// The limit for a rate limiter.
    var rate: RateLimit {
        RateLimit(requests: requests, window: window)
    }

    mutating func read(_ section: ConfigurationSection) {
        section.integer("requests", 1...1_000_000, into: &requests)
        section.seconds("window", 1...86_400, into: &window)
    }
}
