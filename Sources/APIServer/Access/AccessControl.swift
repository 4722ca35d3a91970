internal import Glibc
internal import NIOHTTP1
public import RateLimiting
internal import Synchronization
public import ZFSRPC

/// Decides who calls, and whether they may ask again already; one for all listeners.
///
/// ## Concurrency
/// The rules are swapped under a mutex, whole, so that a request sees the old ones or the new ones.
public final class AccessControl: Sendable {
    let rules: Mutex<AccessRules>
    private let authority: (any Authority)?
    let limiter: (any RateLimiter)?

    /// Makes a control.
    /// - Parameters:
    ///   - rules: The rules to begin with.
    ///   - authority: Knows tokens; without it no token is taken.
    ///   - limiter: Counts requests; without it they are not limited.
    public init(rules: AccessRules, authority: (any Authority)?, limiter: (any RateLimiter)?) {
        self.rules = Mutex(rules)
        self.authority = authority
        self.limiter = limiter
    }

    /// Takes other rules from now on.
    public func update(_ rules: AccessRules) {
        self.rules.withLock { $0 = rules }
    }

    /// Whether `/metrics` is shown to callers who are not authenticated.
    var showsMetricsToAll: Bool { rules.withLock { $0.showsMetricsToAll } }

    /// Who sends a request.
    func visitor(_ head: HTTPRequestHead, at end: Peer) async -> Visitor {
        let rules = rules.withLock { $0 }
        var address = end.address
        if end.credentials == nil, rules.trustedProxies.contains(where: { $0.contains(end.address) }) {
            address = ForwardedFor.client(in: head.headers, trusting: rules.trustedProxies) ?? address
        }
        if let principal = peer(end, rules) {
            return Visitor(caller: .principal(principal), address: address)
        }
        let objection = objection(to: head, end, rules)
        if objection == nil { return Visitor(caller: .principal(.localhost), address: address) }
        switch BearerToken(head.headers) {
        case .missing:
            return Visitor(caller: .nobody(because: objection ?? Self.advice), address: address)
        case .unusable:
            let sentence = "give one Authorization header of the form: Bearer TOKEN"
            return Visitor(
                caller: .nobody(RPCError(.credentialsRefused, "token_invalid", sentence)), address: address
            )
        case .token(let token):
            guard let authority else {
                return Visitor(caller: .nobody(because: "this server takes no tokens"), address: address)
            }
            do {
                return Visitor(caller: .principal(try await authority.principal(bearing: token)), address: address)
            } catch {
                return Visitor(caller: .nobody(error), address: address)
            }
        }
    }

    /// Counts a request; nil when nothing limits it.
    func admit(_ visitor: Visitor) async -> (limit: RateLimit, decision: RateDecision)? {
        guard let limiter, let limit = rules.withLock({ $0.rateLimit }) else { return nil }
        let key: String
        switch visitor.caller.principal {
        case .some(let principal) where principal.kind == .localhost || principal.kind == .peer: return nil
        case .some(let principal): key = RateKey.user(principal.name)
        case nil: key = RateKey.peer(visitor.address)
        }
        return (limit, await limiter.admit(key, limit))
    }

    /// The process on a Unix socket: root and the daemon's own user may do everything, others what a rule says.
    private func peer(_ end: Peer, _ rules: AccessRules) -> Principal? {
        guard let credentials = end.credentials else { return nil }
        let name = "uid:\(credentials.uid)"
        if let rule = rules.peers.first(where: { $0.matches(user: credentials.uid, group: credentials.gid) }) {
            return Principal(name: name, role: rule.role, subtrees: rule.subtrees, kind: .peer)
        }
        guard credentials.uid == 0 || credentials.uid == geteuid() else { return nil }
        return Principal(name: name, role: .admin, kind: .peer)
    }

    private func objection(to head: HTTPRequestHead, _ end: Peer, _ rules: AccessRules) -> String? {
        if let credentials = end.credentials {
            return "user \(credentials.uid) of this system is not in auth.peers; add it there, or give a token"
        }
        guard end.isThisMachine, rules.localhostBypass else { return Self.advice }
        return LocalhostRule.objection(to: head, isEncrypted: end.isEncrypted)
    }

    private static let advice = "a token is needed: give Authorization: Bearer TOKEN, auth_login issues one"
}

/// Who sends a request, and from where.
struct Visitor: Sendable {
    let caller: Caller
    /// The client's address without port, `unix` on a Unix socket.
    let address: String
}
