public import RateLimiting

/// Who is let in without a token, who is believed about others, and how often one caller may ask.
public struct AccessRules: Sendable {
    /// Whether a direct caller on this machine is the user `localhost`, with all rights.
    public var localhostBypass: Bool
    /// Proxies whose `X-Forwarded-For` says who the client is.
    public var trustedProxies: [AddressRange]
    /// Who is recognised on the Unix socket; the first that matches counts.
    public var peers: [PeerRule]
    /// Requests of one user, or of one address without a user; nil for no limit.
    public var rateLimit: RateLimit?
    /// Whether `/metrics` is shown to callers who are not authenticated.
    public var showsMetricsToAll: Bool

    /// Makes rules; without arguments they are the defaults of the configuration file.
    public init(
        localhostBypass: Bool = true,
        trustedProxies: [AddressRange] = [],
        peers: [PeerRule] = [],
        rateLimit: RateLimit? = RateLimit(requests: 100, window: .seconds(60)),
        showsMetricsToAll: Bool = false
    ) {
        self.localhostBypass = localhostBypass
        self.trustedProxies = trustedProxies
        self.peers = peers
        self.rateLimit = rateLimit
        self.showsMetricsToAll = showsMetricsToAll
    }
}
