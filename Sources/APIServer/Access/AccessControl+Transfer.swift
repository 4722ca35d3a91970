internal import Glibc
internal import RateLimiting
internal import Synchronization
internal import ZFSRPC

extension AccessControl {
    /// Who may transfer without a token; nil for everybody else.
    ///
    /// On the Unix socket these are root, the daemon's own user and group, and whom a rule names; over TCP a direct caller
    /// on this machine while such callers are `localhost`. No web page can begin a connection with the bytes that ask for a
    /// transfer, so there is nothing more to look at.
    func transferPrincipal(of peer: Peer) -> Principal? {
        let rules = rules.withLock { $0 }
        guard let credentials = peer.credentials else {
            return peer.isThisMachine && rules.localhostBypass ? .localhost : nil
        }
        let name = "uid:\(credentials.uid)"
        if let rule = rules.peers.first(where: { $0.matches(user: credentials.uid, group: credentials.gid) }) {
            return Principal(name: name, role: rule.role, subtrees: rule.subtrees, kind: .peer)
        }
        guard credentials.uid == 0 || credentials.uid == geteuid() || credentials.gid == getegid() else { return nil }
        return Principal(name: name, role: .admin, kind: .peer)
    }

    /// Counts a refused token of a transfer; gives how long the peer has to wait when it has tried too many.
    func countRefusedTransfer(of key: String) async -> Duration? {
        guard let limiter, let limit = rules.withLock({ $0.rateLimit }) else { return nil }
        let decision = await limiter.admit("transfer:" + key, limit)
        return decision.isAllowed && decision.remaining > 0 ? nil : decision.reset
    }
}
