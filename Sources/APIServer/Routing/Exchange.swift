import NIOHTTP1

/// One request and what is known about it before its body is read.
struct Exchange: Sendable {
    let head: HTTPRequestHead
    let route: Route?
    let requestID: String
    let peer: String
    let peerIsLoopback: Bool
    let start: ContinuousClock.Instant
}
