/// How many requests a caller may make: `rate_limit`.
struct RateLimitConfiguration: Sendable, Hashable {
    var enabled = true
    /// Requests of one address or user.
    var limit = RequestLimit(requests: 100)

    mutating func read(_ section: ConfigurationSection) {
        section.flag("enabled", into: &enabled)
        limit.read(section)
    }
}
