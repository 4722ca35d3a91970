internal import RateLimiting
internal import ZFSRPC

/// A configuration, prepared for use.
struct AuthorityRules: Sendable {
    let users: [String: User]
    let staticToken: StaticToken?
    let tokenLifetime: Int
    let loginLimit: RateLimit
    let issuer: TokenIssuer
    let verifier: TokenVerifier
    /// What the passwords of unknown users are checked with: as much work as for most users.
    let decoy: PasswordHash

    init(_ configuration: AuthorityConfiguration, clock: WallClock) throws(PasswordFault) {
        users = Dictionary(configuration.users.map { ($0.name, $0) }) { first, _ in first }
        staticToken = configuration.staticToken
        tokenLifetime = min(
            max(configuration.tokenLifetime, TokenIssuer.lifetimes.lowerBound), TokenIssuer.lifetimes.upperBound)
        loginLimit = configuration.loginLimit
        issuer = TokenIssuer(keys: configuration.keys, audience: configuration.audience, clock: clock)
        verifier = TokenVerifier(keys: configuration.keys, audience: configuration.audience, clock: clock)
        let (method, cost) = Self.usualWork(of: configuration.users)
        decoy = try PasswordHash.decoy(method: method, cost: cost)
    }

    /// The method and cost that most hashes have.
    static func usualWork(of users: [User]) -> (method: PasswordMethod, cost: Int) {
        struct Work: Hashable {
            let method: PasswordMethod
            let cost: Int
        }
        let works = users.compactMap(\.passwordHash).map { Work(method: $0.method, cost: $0.cost) }
        let counts = Dictionary(works.map { ($0, 1) }, uniquingKeysWith: +)
        // Of several that are as frequent the first in the list, so that it does not change from start to start.
        let usual = works.max { counts[$0, default: 0] < counts[$1, default: 0] }
        return usual.map { ($0.method, $0.cost) } ?? (.yescrypt, PasswordMethod.yescrypt.defaultCost)
    }

    /// The caller that claims stand for; nil when the user is gone.
    ///
    /// What the configuration says of a user counts, not what it said when the token was made. A token that stands for
    /// itself is refused once its name belongs to a user: two callers must not have one name.
    func principal(for claims: Claims) -> Principal? {
        let subject = claims.subject
        let user = users[subject.name]
        guard (user == nil) == subject.isStandalone else { return nil }
        return Principal(
            name: subject.name,
            role: user?.role ?? subject.role,
            subtrees: user == nil ? subject.subtrees : user?.subtrees,
            kind: .token,
            tokenID: claims.tokenID.description
        )
    }
}
