public import RateLimiting

/// What an administrator says about users and tokens; all of it can change while the daemon runs.
public struct AuthorityConfiguration: Sendable {
    /// The users, each name once.
    public var users: [User]
    /// The keys that tokens are signed with.
    public var keys: SigningKeys
    /// The token that never expires; nil for none.
    public var staticToken: StaticToken?
    /// How long a token from a login is valid, in seconds, within `TokenIssuer.lifetimes`.
    public var tokenLifetime: Int
    /// `aud` of tokens; nil for none.
    public var audience: String?
    /// Logins that one peer may try, and logins that may be tried with one name.
    public var loginLimit: RateLimit

    /// Makes a configuration.
    public init(
        users: [User] = [],
        keys: SigningKeys,
        staticToken: StaticToken? = nil,
        tokenLifetime: Int = 1800,
        audience: String? = nil,
        loginLimit: RateLimit = RateLimit(requests: 10, window: .seconds(60))
    ) {
        self.users = users
        self.keys = keys
        self.staticToken = staticToken
        self.tokenLifetime = tokenLifetime
        self.audience = audience
        self.loginLimit = loginLimit
    }
}
