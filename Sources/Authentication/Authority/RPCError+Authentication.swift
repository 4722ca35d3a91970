internal import ZFSRPC

extension RPCError {
    /// The one answer to every login that fails: it does not tell whether there is such a user.
    static let wrongCredentials = RPCError(
        .credentialsRefused, "credentials_refused", "user or password is wrong")

    /// What the bearer of a token is told.
    init(_ fault: TokenFault) {
        switch fault {
        case .expired:
            self.init(.credentialsRefused, "token_expired", "the token has expired; log in again with auth_login")
        case .revoked:
            self.init(.credentialsRefused, "token_revoked", "the token was revoked; log in again with auth_login")
        case .invalid:
            self.init(.credentialsRefused, "token_invalid", "the token is not valid; log in with auth_login")
        }
    }

    /// The list of revoked tokens is not there: nobody gets in, and nothing is pretended.
    init(_ error: RevocationError) {
        switch error {
        case .full:
            self.init(.unavailable, "revocation_list_full", error.description)
        case .busy:
            self.init(.unavailable, "overloaded", error.description, isRetryable: true)
        case .file, .damaged, .tooLong:
            // Paths are for the log of the daemon, not for strangers.
            self.init(
                .unavailable, "revocation_list_unavailable",
                "it cannot be found out or recorded which tokens are revoked; the administrator finds why in the log",
                isRetryable: true)
        }
    }

    /// A login that was not even tried.
    static func tooManyLogins(retryAfter seconds: Int) -> RPCError {
        RPCError(
            .rateLimited, "rate_limited", "there were too many logins; try again in \(seconds) s", isRetryable: true,
            details: .object([JSONMember("retry_after", .number(String(seconds)))]))
    }

    /// A login for which there is no room.
    static let tooManyWaitingLogins = RPCError(
        .rateLimited, "overloaded", "too many logins wait for their turn; try again in a few seconds",
        isRetryable: true, details: .object([JSONMember("retry_after", 5)]))
}
