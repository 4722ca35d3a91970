/// Who knows the users and their tokens; the RPC layer asks, and does not know how it is done.
public protocol Authority: Sendable {
    /// The caller that a bearer token stands for.
    /// - Throws: `RPCError` with code -32041 when it is not valid, -32052 when that cannot be found out.
    func principal(bearing token: String) async throws(RPCError) -> Principal

    /// Checks a password and issues a token. Counts against the limits of `peer`, and takes as long for an unknown user.
    /// - Parameters:
    ///   - user: The user.
    ///   - password: The password.
    ///   - peer: The client's address without port, for the limit of logins.
    /// - Throws: `RPCError` with code -32041 when user or password is wrong, -32000 when there were too many attempts.
    func login(user: String, password: String, peer: String) async throws(RPCError) -> IssuedToken

    /// Makes a signed token invalid before it expires.
    /// - Throws: `RPCError` with code -32052 when it cannot be recorded.
    func revoke(tokenID: String) async throws(RPCError)
}

/// A token that was just issued.
public struct IssuedToken: Sendable {
    /// The token itself; a secret.
    public let token: String
    /// How long it is valid, in seconds.
    public let expiresIn: Int

    /// Makes one.
    public init(token: String, expiresIn: Int) {
        self.token = token
        self.expiresIn = expiresIn
    }
}
