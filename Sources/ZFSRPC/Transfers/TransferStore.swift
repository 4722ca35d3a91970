/// Keeps transfer tokens and stream sessions, so that they outlive the daemon and can be shared by several.
///
/// Each step that decides is atomic: a token with one use starts one transfer, over any crash. Whatever cannot be asked
/// for sure throws, and then nothing may start.
///
/// Expiry is told by a clock that cannot be set: a jump of the wall clock neither ends nor prolongs a life in the same
/// boot of the machine.
public protocol TransferStore: Sendable {
    /// What it is: `sqlite` or `redis`, for `token_stats`.
    var kind: String { get }

    /// Adds a token.
    /// - Throws: `TransferStoreError`, also when there are too many already.
    func add(_ token: TransferToken, lifetime: Duration) async throws(TransferStoreError)
    /// Counts one use of the token with this digest, if it has one left, and gives it back as it is now; in one step.
    func claim(digest: TokenDigest) async throws(TransferStoreError) -> TransferClaim<TransferToken>
    /// The tokens of a user that are neither expired nor revoked, oldest first, at most 1000.
    func tokens(ofUser user: String) async throws(TransferStoreError) -> [TransferToken]
    /// Removes a token of a user, or of anybody for nil; false when there is none.
    func revoke(digest: TokenDigest, ofUser user: String?) async throws(TransferStoreError) -> Bool
    /// What happened to tokens since the store was made.
    func statistics() async throws(TransferStoreError) -> TransferStatistics

    /// Adds a stream session.
    func add(_ session: StreamSession, lifetime: Duration) async throws(TransferStoreError)
    /// The session with this identifier unless it is expired; nil when there is none.
    func session(_ id: String) async throws(TransferStoreError) -> StreamSession?
    /// Makes a session `running` for this daemon, if it is not running; in one step.
    func begin(session id: String) async throws(TransferStoreError) -> TransferClaim<StreamSession>
    /// Ends the run of a session: it is `state` from then on, with so many bytes.
    func end(session id: String, _ state: StreamSession.State, bytes: UInt64) async throws(TransferStoreError)
    /// The sessions of a user, or all for nil, that are not expired, oldest first, at most 1000.
    func sessions(ofUser user: String?) async throws(TransferStoreError) -> [StreamSession]

    /// Whether it can be used now; for `/ready` and the metrics.
    func check() async throws(TransferStoreError)
}

/// What came of a claim.
public enum TransferClaim<Value: Sendable>: Sendable {
    /// It is given; the value as it is after the claim.
    case granted(Value)
    /// There is none, or it is expired, used up or revoked.
    case unknown(TransferRefusal)
    /// It is used by another transfer now.
    case inUse
}

/// Why a token is refused; counted, but never told to the client.
public enum TransferRefusal: String, Sendable, Hashable, CaseIterable {
    /// Nobody issued it, or it was revoked, or it is forgotten.
    case unknown
    /// Its time is over.
    case expired
    /// It has no use left.
    case used
}

/// A store that cannot be asked.
public struct TransferStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence for the operator; without secrets.
    public let description: String
    /// Whether it is full, rather than away.
    public let isFull: Bool

    /// Makes an error.
    public init(_ description: String, isFull: Bool = false) {
        self.description = description
        self.isFull = isFull
    }
}

/// Numbers of tokens.
public struct TransferStatistics: Sendable, Hashable {
    /// Tokens that were issued, by operation.
    public var created: [TransferRequest.Operation: UInt64] = [:]
    /// Claims that were granted, by operation.
    public var used: [TransferRequest.Operation: UInt64] = [:]
    /// Claims that were refused, by reason.
    public var refused: [TransferRefusal: UInt64] = [:]
    /// Tokens that were revoked, by operation.
    public var revoked: [TransferRequest.Operation: UInt64] = [:]
    /// Tokens that can be used now.
    public var active: UInt64 = 0

    /// Makes statistics of nothing.
    public init() {}
}
