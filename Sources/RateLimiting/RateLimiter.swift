/// How many requests are allowed in a sliding window of time.
public struct RateLimit: Sendable, Hashable {
    /// Requests in one window, at least 1.
    public let requests: Int
    /// The length of the window.
    public let window: Duration

    /// Makes a limit.
    public init(requests: Int, window: Duration) {
        self.requests = requests
        self.window = window
    }
}

/// What a limiter says of one request.
public struct RateDecision: Sendable, Hashable {
    /// Whether the request may go on.
    public let isAllowed: Bool
    /// Requests that are left in the window.
    public let remaining: Int
    /// Until the window is whole again; until the next request is allowed when this one is not.
    public let reset: Duration

    /// Makes a decision.
    public init(isAllowed: Bool, remaining: Int, reset: Duration) {
        self.isAllowed = isAllowed
        self.remaining = remaining
        self.reset = reset
    }
}

/// Counts requests by key in sliding windows.
public protocol RateLimiter: Sendable {
    /// Counts one request of `key` and says whether it is allowed; never fails and never takes long.
    func admit(_ key: String, _ limit: RateLimit) async -> RateDecision
}
