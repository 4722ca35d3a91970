internal import Synchronization
public import ZFSRPC

/// Keeps tokens and sessions in memory; can be switched off.
public final class MemoryTransferStore: TransferStore {
    private struct State {
        var isAway = false
        var asked = 0
        var tokens: [TokenDigest: (token: TransferToken, end: ContinuousClock.Instant)] = [:]
        var sessions: [String: (session: StreamSession, end: ContinuousClock.Instant)] = [:]
        var statistics = TransferStatistics()
    }

    private let state = Mutex(State())

    /// Makes an empty store.
    public init() {}

    /// What it is.
    public let kind = "sqlite"

    /// Whether it throws whatever it is asked.
    public var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    /// How often it was asked.
    public var asked: Int { state.withLock { $0.asked } }

    private func with<Value: Sendable>(
        _ body: (inout sending State) throws(TransferStoreError) -> sending Value
    ) throws(TransferStoreError) -> Value {
        try state.withLock { state throws(TransferStoreError) in
            state.asked += 1
            if state.isAway { throw TransferStoreError("it is switched off") }
            return try body(&state)
        }
    }

    /// Adds a token.
    public func add(_ token: TransferToken, lifetime: Duration) async throws(TransferStoreError) {
        try with { state in
            state.tokens[token.digest] = (token, .now + lifetime)
            state.statistics.created[token.operation, default: 0] += 1
        }
    }

    /// Uses a token once.
    public func claim(digest: TokenDigest) async throws(TransferStoreError) -> TransferClaim<TransferToken> {
        try with { state in
            var refusal: TransferRefusal?
            let entry = state.tokens[digest]
            if let entry {
                if entry.end <= .now { refusal = .expired }
                if entry.token.uses >= entry.token.maximumUses { refusal = .used }
            } else {
                refusal = .unknown
            }
            if let refusal {
                state.statistics.refused[refusal, default: 0] += 1
                return .unknown(refusal)
            }
            guard let entry else { return .unknown(.unknown) }
            let token = entry.token
            let used = TransferToken(
                digest: token.digest, prefix: token.prefix, request: token.request, operation: token.operation,
                dataset: token.dataset, user: token.user, created: token.created, expires: token.expires,
                maximumUses: token.maximumUses, uses: token.uses + 1, byteLimit: token.byteLimit)
            state.tokens[digest] = (used, entry.end)
            state.statistics.used[token.operation, default: 0] += 1
            return .granted(used)
        }
    }

    /// The tokens of a user.
    public func tokens(ofUser user: String) async throws(TransferStoreError) -> [TransferToken] {
        try with { state in
            state.tokens.values.filter { $0.token.user == user && $0.end > .now }.map(\.token)
                .sorted { $0.created < $1.created }
        }
    }

    /// Removes a token.
    public func revoke(digest: TokenDigest, ofUser user: String?) async throws(TransferStoreError) -> Bool {
        try with { state in
            guard let token = state.tokens[digest]?.token, user == nil || token.user == user else { return false }
            state.tokens[digest] = nil
            state.statistics.revoked[token.operation, default: 0] += 1
            return true
        }
    }

    /// What happened to tokens.
    public func statistics() async throws(TransferStoreError) -> TransferStatistics {
        try with { state in
            var statistics = state.statistics
            statistics.active = UInt64(
                state.tokens.values.count { $0.end > .now && $0.token.uses < $0.token.maximumUses })
            return statistics
        }
    }

    /// Adds a session.
    public func add(_ session: StreamSession, lifetime: Duration) async throws(TransferStoreError) {
        try with { state in state.sessions[session.id] = (session, .now + lifetime) }
    }

    /// The session with this identifier.
    public func session(_ id: String) async throws(TransferStoreError) -> StreamSession? {
        try with { state in
            guard let entry = state.sessions[id], entry.end > .now else { return nil }
            return entry.session
        }
    }

    /// Makes a session running.
    public func begin(session id: String) async throws(TransferStoreError) -> TransferClaim<StreamSession> {
        try with { state in
            guard let entry = state.sessions[id] else { return .unknown(.unknown) }
            if entry.end <= .now { return .unknown(.expired) }
            if entry.session.state == .running { return .inUse }
            if entry.session.state == .cancelled { return .unknown(.used) }
            let session = entry.session.with(.running, bytes: 0)
            state.sessions[id] = (session, entry.end)
            return .granted(session)
        }
    }

    /// Ends the run of a session.
    public func end(
        session id: String, _ end: StreamSession.State, bytes: UInt64
    ) async throws(TransferStoreError) {
        try with { state in
            guard let entry = state.sessions[id] else { return }
            state.sessions[id] = (entry.session.with(end, bytes: bytes), entry.end)
        }
    }

    /// The sessions of a user.
    public func sessions(ofUser user: String?) async throws(TransferStoreError) -> [StreamSession] {
        try with { state in
            state.sessions.values.filter { (user == nil || $0.session.user == user) && $0.end > .now }.map(\.session)
                .sorted { $0.created < $1.created }
        }
    }

    /// Whether it can be used now.
    public func check() async throws(TransferStoreError) {
        try with { _ in }
    }
}

extension StreamSession {
    fileprivate func with(_ state: State, bytes: UInt64) -> StreamSession {
        StreamSession(
            id: id, request: request, operation: operation, dataset: dataset, user: user, created: created,
            state: state, bytes: bytes)
    }
}
