import Synchronization
import ZFSCommandBuilder

@testable import ZFSRPC

/// Knows tokens from a table; `expired`, `away` and everything else are refused.
final class StubAuthority: Authority {
    private let tokens: [String: Principal]
    private let log = Mutex<[String]>([])

    init(_ tokens: [String: Principal] = [:]) {
        self.tokens = tokens
    }

    /// What it was asked to do, without passwords.
    var requests: [String] { log.withLock { $0 } }

    func principal(bearing token: String) async throws(RPCError) -> Principal {
        log.withLock { $0.append("check") }
        if let principal = tokens[token] { return principal }
        if token == "away" { throw RPCError(.unavailable, "store_unavailable", "it can not be checked now") }
        throw RPCError(.credentialsRefused, token == "expired" ? "token_expired" : "token_invalid", "log in again")
    }

    func login(user: String, password: String, peer: String) async throws(RPCError) -> IssuedToken {
        log.withLock { $0.append("login \(user) from \(peer)") }
        if user == "eager" {
            throw RPCError(
                .rateLimited, "too_many_logins", "wait", isRetryable: true, details: .object(["retry_after": 17]))
        }
        if password != "right" {
            throw RPCError(.credentialsRefused, "credentials_refused", "user or password is wrong")
        }
        return IssuedToken(token: "issued", expiresIn: 1800)
    }

    func revoke(tokenID: String) async throws(RPCError) {
        log.withLock { $0.append("revoke \(tokenID)") }
    }
}
