internal import RateLimiting
internal import Synchronization

/// The peers whose tokens were refused too often, and until when no other is looked at.
///
/// ## Concurrency
/// The tasks of connections call it; a mutex guards the list.
final class RefusedPeers: Sendable {
    /// The most peers that are remembered; the one whose time is over first makes room.
    private static let capacity = 4096

    private let access: AccessControl
    private let waits = Mutex<[String: ContinuousClock.Instant]>([:])

    init(access: AccessControl) {
        self.access = access
    }

    /// How long the peer has to wait; nil when it may try.
    func wait(of peer: Peer) -> Duration? {
        let key = Self.key(of: peer)
        return waits.withLock { waits in
            guard let end = waits[key] else { return nil }
            let now = ContinuousClock.now
            guard end > now else {
                waits[key] = nil
                return nil
            }
            return end - now
        }
    }

    /// Counts a refusal.
    func add(_ peer: Peer) async {
        let key = Self.key(of: peer)
        guard let wait = await access.countRefusedTransfer(of: key) else { return }
        waits.withLock { waits in
            if waits.count >= Self.capacity, let oldest = waits.min(by: { $0.value < $1.value }) {
                waits[oldest.key] = nil
            }
            waits[key] = .now + wait
        }
    }

    /// Processes on a Unix socket are told apart by their user.
    private static func key(of peer: Peer) -> String {
        peer.credentials.map { "uid:\($0.uid)" } ?? RateKey.peer(peer.address)
    }
}
