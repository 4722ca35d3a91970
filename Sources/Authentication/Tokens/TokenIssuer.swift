/// Makes signed tokens.
public struct TokenIssuer: Sendable {
    /// The seconds a token may be valid: up to 366 days, so that the list of revoked ones can forget them.
    public static let lifetimes = 1...31_622_400

    private let key: SigningKey
    private let audience: String?
    private let clock: WallClock

    /// Makes an issuer.
    /// - Parameters:
    ///   - keys: The current one signs.
    ///   - audience: What stands in `aud`; nil leaves it out.
    ///   - clock: The time of day.
    public init(keys: SigningKeys, audience: String? = nil, clock: WallClock = .system) {
        key = keys.current
        self.audience = audience
        self.clock = clock
    }

    /// Makes a token that nobody made before.
    /// - Parameter lifetime: How long it is valid, in seconds; brought into `lifetimes`.
    /// - Throws: `TokenIssueError` when the name is not legal or the token would be too long to be accepted.
    public func token(
        for subject: TokenSubject, lifetime: Int
    ) throws(TokenIssueError) -> String {
        guard User.isLegal(name: subject.name) else { throw .illegalName }
        let now = clock.seconds()
        let seconds = min(max(lifetime, Self.lifetimes.lowerBound), Self.lifetimes.upperBound)
        let token: String
        do {
            let identifier = try TokenID(expires: now + seconds)
            let claims = Claims(subject: subject, tokenID: identifier, issuedAt: now, audience: audience)
            token = try CompactToken.sign(claims.payload, with: key)
        } catch {
            throw .cryptography(error)
        }
        guard token.utf8.count <= CompactToken.longest else { throw .tooLong }
        return token
    }
}

/// Why a token is not issued.
public enum TokenIssueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The user's name has characters it must not have.
    case illegalName
    /// The subject has more datasets than a token can name.
    case tooLong
    /// It could not be signed.
    case cryptography(CryptographyError)

    /// One sentence for a person.
    public var description: String {
        switch self {
        case .illegalName: User.nameAdvice
        case .tooLong:
            "a token with so many datasets is longer than \(CompactToken.longest) bytes; name a parent of them"
        case .cryptography(let error): error.description
        }
    }
}
