public import RateLimiting
internal import Synchronization
public import ZFSRPC

/// Knows users by their password and by tokens that it signed.
///
/// ## Concurrency
/// Any task may call. `rules` is held to read or to swap what counts, so a call sees one configuration from start to end.
/// Passwords are hashed one at a time on a thread of their own, which yields to the others.
public final class TokenAuthority: Authority {
    /// Checks a password, on the thread for it.
    typealias PasswordCheck = @Sendable (_ password: SecretBytes, _ hash: PasswordHash) -> Bool

    private let revocations: RevocationList
    private let limiter: any RateLimiter
    private let clock: WallClock
    private let hashing: SerialThread
    private let check: PasswordCheck
    private let rules: Mutex<AuthorityRules>

    /// Makes an authority.
    /// - Parameters:
    ///   - configuration: Users, keys and limits.
    ///   - revocations: The tokens that were revoked.
    ///   - limiter: Counts logins, under keys that begin with `login`.
    ///   - waitingLogins: Logins that may wait while another password is hashed.
    ///   - clock: The time of day.
    /// - Throws: `PasswordFault` when libcrypt cannot make a salt.
    public convenience init(
        _ configuration: AuthorityConfiguration,
        revocations: RevocationList,
        limiter: any RateLimiter,
        waitingLogins: Int = 16,
        clock: WallClock = .system
    ) throws(PasswordFault) {
        try self.init(
            configuration, revocations: revocations, limiter: limiter, waitingLogins: waitingLogins, clock: clock
        ) { password, hash in hash.matches(password) }
    }

    init(
        _ configuration: AuthorityConfiguration,
        revocations: RevocationList,
        limiter: any RateLimiter,
        waitingLogins: Int,
        clock: WallClock,
        check: @escaping PasswordCheck
    ) throws(PasswordFault) {
        self.revocations = revocations
        self.limiter = limiter
        self.clock = clock
        self.check = check
        hashing = SerialThread(capacity: waitingLogins, yields: true)
        rules = Mutex(try AuthorityRules(configuration, clock: clock))
    }

    /// Puts a new configuration in the place of the old one.
    ///
    /// Tokens of users who are gone are refused from now on, and a role that changed counts at once.
    /// - Throws: `PasswordFault` when libcrypt cannot make a salt; then the old configuration stays.
    public func update(_ configuration: AuthorityConfiguration) throws(PasswordFault) {
        let new = try AuthorityRules(configuration, clock: clock)
        rules.withLock { $0 = new }
    }

    /// The caller that a bearer token stands for: the static one, or one that was signed here.
    public func principal(bearing token: String) async throws(RPCError) -> Principal {
        guard token.utf8.count <= CompactToken.longest else { throw RPCError(.invalid) }
        let rules = rules.withLock { $0 }
        if let staticToken = rules.staticToken, staticToken.matches(token) { return staticToken.principal }
        let claims: Claims
        do {
            claims = try rules.verifier.claims(of: token)
        } catch {
            throw RPCError(error)
        }
        let isRevoked: Bool
        do {
            isRevoked = try await revocations.contains(claims.tokenID)
        } catch {
            throw RPCError(error)
        }
        if isRevoked { throw RPCError(.revoked) }
        guard let principal = rules.principal(for: claims) else { throw RPCError(.invalid) }
        return principal
    }

    /// Checks a password and issues a token.
    public func login(user name: String, password: String, peer: String) async throws(RPCError) -> IssuedToken {
        let rules = rules.withLock { $0 }
        try await admit("login peer \(peer)", rules.loginLimit)
        // Names that nobody can have share one count, so that they cannot fill the limiter.
        try await admit("login user \(User.isLegal(name: name) ? name : "")", rules.loginLimit)
        let user = rules.users[name]
        let secret = SecretBytes(password.utf8)
        let isRight: Bool
        do {
            isRight = try await hashing.run { [check] in check(secret, user?.passwordHash ?? rules.decoy) }
        } catch {
            throw .tooManyWaitingLogins
        }
        guard isRight, let user, user.passwordHash != nil else { throw .wrongCredentials }
        let subject = TokenSubject(name: user.name, role: user.role, subtrees: user.subtrees, isStandalone: false)
        do {
            let token = try rules.issuer.token(for: subject, lifetime: rules.tokenLifetime)
            return IssuedToken(token: token, expiresIn: rules.tokenLifetime)
        } catch {
            throw RPCError(.operationFailed, "token_not_issued", error.description)
        }
    }

    /// Makes a signed token invalid before it expires.
    public func revoke(tokenID: String) async throws(RPCError) {
        guard
            let token = TokenID(tokenID),
            token.expires - clock.seconds() <= TokenIssuer.lifetimes.upperBound + TokenVerifier.leeway
        else {
            throw RPCError(.invalidValue, "invalid_value", "this is not the identifier (jti) of a token")
        }
        do {
            try await revocations.insert(token)
        } catch {
            throw RPCError(error)
        }
    }

    private func admit(_ key: String, _ limit: RateLimit) async throws(RPCError) {
        let decision = await limiter.admit(key, limit)
        guard !decision.isAllowed else { return }
        let (seconds, attoseconds) = decision.reset.components
        throw .tooManyLogins(retryAfter: max(1, Int(seconds) + (attoseconds > 0 ? 1 : 0)))
    }
}
