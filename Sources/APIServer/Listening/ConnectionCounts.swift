internal import Synchronization

/// Counts connections, for metrics.
public final class ConnectionCounts: Sendable {
    /// Why a connection was refused or ended by us.
    public enum Refusal: String, Sendable, CaseIterable {
        /// The peer's address had too many connections.
        case perPeer = "per_peer"
        /// All connections were in use: how often accepting stopped for it.
        case total
        /// The TLS handshake failed or took too long.
        case tls
        /// The bytes that came were no HTTP request.
        case badRequest = "bad_request"
        /// The handshake of a transfer was broken, refused or took too long.
        case transfer
    }

    private let activeCount = Atomic<Int>(0)
    private let acceptedCount = Atomic<Int>(0)
    private let requestCount = Atomic<Int>(0)
    private let refusals = Mutex<[Refusal: Int]>([:])

    /// Creates counters at zero.
    public init() {}

    /// How many connections are open.
    public var active: Int { activeCount.load(ordering: .relaxed) }

    /// How many connections were accepted since the start, those refused at once not among them.
    public var accepted: Int { acceptedCount.load(ordering: .relaxed) }

    /// How many were refused since the start for a reason.
    public func refused(_ reason: Refusal) -> Int { refusals.withLock { $0[reason, default: 0] } }

    /// How many requests are being answered.
    public var requests: Int { requestCount.load(ordering: .relaxed) }

    func beginRequest() {
        requestCount.add(1, ordering: .relaxed)
    }

    func endRequest() {
        requestCount.subtract(1, ordering: .relaxed)
    }

    func open() {
        activeCount.add(1, ordering: .relaxed)
        acceptedCount.add(1, ordering: .relaxed)
    }

    func close() {
        activeCount.subtract(1, ordering: .relaxed)
    }

    func refuse(_ reason: Refusal) {
        refusals.withLock { $0[reason, default: 0] += 1 }
    }
}
