/// Checks signed tokens, all but whether they were revoked and whether their user still exists.
struct TokenVerifier: Sendable {
    /// How much later the clock of another machine may be, in seconds.
    ///
    /// It does not prolong a token.
    static let leeway = 60

    private let keys: SigningKeys
    private let audience: String?
    private let clock: WallClock

    /// Makes a verifier.
    /// - Parameters:
    ///   - keys: The ones that tokens may be signed with.
    ///   - audience: What must be in `aud`; with nil a token must not have one (RFC 7519 section 4.1.3).
    ///   - clock: The time of day.
    init(keys: SigningKeys, audience: String?, clock: WallClock) {
        self.keys = keys
        self.audience = audience
        self.clock = clock
    }

    /// What a token says.
    /// - Throws: `TokenFault`; `.expired` only for a token that we signed.
    func claims(of text: String) throws(TokenFault) -> Claims {
        // The payload is not parsed before its signature is known to be ours.
        guard
            let token = CompactToken(text),
            let identifier = token.keyIdentifier,
            let key = keys.key(named: identifier),
            let isSigned = try? token.isSigned(with: key), isSigned,
            let claims = Claims(payload: token.payload)
        else { throw .invalid }
        let now = clock.seconds()
        let latest = now + Self.leeway
        guard
            claims.issuedAt <= latest, claims.notBefore ?? 0 <= latest,
            TokenIssuer.lifetimes.contains(claims.expires - claims.issuedAt),
            audience.map({ claims.audience.contains($0) }) ?? claims.audience.isEmpty
        else { throw .invalid }
        guard now < claims.expires else { throw .expired }
        return claims
    }
}
