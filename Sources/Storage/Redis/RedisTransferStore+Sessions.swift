internal import Redis
public import ZFSRPC

extension RedisTransferStore {
    /// Adds a session, which waits for its client.
    public func add(_ session: StreamSession, lifetime: Duration) async throws(TransferStoreError) {
        try await add("session", session.id, of: session.user, session.fields, lifetime, counter: "")
    }

    /// A session, unless it is expired.
    public func session(_ id: String) async throws(TransferStoreError) -> StreamSession? {
        let reply = try await run(TransferScripts.session, clock.now, [id])
        guard reply != .null else { return nil }
        return try Self.claim(of: reply) { fields throws(RedisError) in try StreamSession(fields) }.granted
    }

    /// Makes a session `running` for this daemon, unless it runs already, is cancelled or expired.
    public func begin(session id: String) async throws(TransferStoreError) -> TransferClaim<StreamSession> {
        let reply = try await begin(session: id, clock.now)
        return try Self.claim(of: reply) { fields throws(RedisError) in try StreamSession(fields) }
    }

    /// Ends the run of a session, which stays cancelled if it was cancelled.
    public func end(
        session id: String, _ state: StreamSession.State, bytes: UInt64
    ) async throws(TransferStoreError) {
        _ = try await run(TransferScripts.end, clock.now, [id, state.rawValue, "\(bytes)"])
    }

    /// The sessions of a user, or all for nil, oldest first.
    public func sessions(ofUser user: String?) async throws(TransferStoreError) -> [StreamSession] {
        let reply = try await run(
            TransferScripts.list, clock.now,
            ["session", user == nil ? "0" : "1", user ?? "", "\(TransferStoreLimits.listed)"])
        return try Self.list(of: reply) { fields throws(RedisError) in try StreamSession(fields) }
    }
}

extension TransferClaim {
    /// What was granted, if it was.
    fileprivate var granted: Value? {
        if case .granted(let value) = self { value } else { nil }
    }
}
