import NIOHTTP1
import RateLimiting

/// One request and what is known about it before its body is read.
struct Exchange: Sendable {
    let head: HTTPRequestHead
    let route: Route?
    let requestID: String
    let peer: Peer
    let start: ContinuousClock.Instant
    /// The limit that counted it, and what is left.
    var rate: (limit: RateLimit, decision: RateDecision)?
}
