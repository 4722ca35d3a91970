internal import AsyncZFSExecutor
internal import CLinux
internal import Glibc
internal import Synchronization

/// Says how many connections may be open, in all and for one peer; shared by every listener of the daemon.
///
/// Loopback and Unix peers are bounded by the total alone: there, one address is many clients.
///
/// ## Concurrency model
/// The listeners' event loops call it; a mutex guards the counts, and is never held while a listener is woken.
public final class ConnectionAdmission: Sendable {
    /// What happened so far, for metrics.
    public let counts = ConnectionCounts()

    private struct State {
        var active = 0
        var peak = ConnectionPeak()
        /// Never has more entries than there are open connections.
        var peers: [PeerNetwork: Int] = [:]
        var waiting: [ObjectIdentifier: PausedListener] = [:]
    }

    private let total: Int
    private let perPeer: Int
    private let state = Mutex(State())

    /// Creates an admission with nothing open.
    ///
    /// - Parameters:
    ///   - total: How many connections may be open at once; two listeners that accept in the same moment may pass it by
    ///     16.
    ///   - perPeer: How many of them may come from one IPv4 address or one IPv6 /64.
    public init(total: Int, perPeer: Int) {
        self.total = total
        self.perPeer = perPeer
    }

    /// Counts a connection that was accepted.
    func open() {
        state.withLock { state in
            state.active += 1
            state.peak.opened(state.active)
        }
    }

    /// Counts a connection that ended, and wakes the listeners that waited for it.
    func close() {
        let (waiting, isWorthwhile) = state.withLock { state in
            state.active -= 1
            let isWorthwhile = state.peak.closed(state.active)
            guard state.active < total else { return ([PausedListener](), isWorthwhile) }
            defer { state.waiting = [:] }
            return (Array(state.waiting.values), isWorthwhile)
        }
        for listener in waiting { listener.resume() }
        if isWorthwhile { returnMemory() }
    }

    /// Gives the memory of the connections that ended back to the system.
    ///
    /// The C library keeps what is free below something that is not, which after a flood is nearly everything. Walking
    /// through it takes tens of milliseconds, too long for an event loop.
    private func returnMemory() {
        let result = OwnThread.start { [self] in
            // Connections end in crowds; once is enough for all of them.
            sleep(1)
            state.withLock { $0.peak.settle($0.active) }
            clinux_return_memory()
        }
        if result != 0 { state.withLock { $0.peak.settle($0.active) } }
    }

    /// How many connections a listener may accept; when it is none, the listener is woken when it may.
    func room(for listener: PausedListener) -> Int {
        let (room, isNews) = state.withLock { state in
            guard state.active >= total else { return (total - state.active, false) }
            return (0, state.waiting.updateValue(listener, forKey: ObjectIdentifier(listener)) == nil)
        }
        if isNews { counts.refuse(.total) }
        return room
    }

    /// Takes a place for a connection of a peer; false when the peer has too many.
    func admit(_ peer: PeerNetwork?) -> Bool {
        let isAdmitted = state.withLock { state in
            guard let peer else { return true }
            let count = state.peers[peer, default: 0]
            guard count < perPeer else { return false }
            state.peers[peer] = count + 1
            return true
        }
        if isAdmitted {
            counts.open()
        } else {
            counts.refuse(.perPeer)
        }
        return isAdmitted
    }

    /// Gives the place of an admitted connection back.
    func release(_ peer: PeerNetwork?) {
        state.withLock { state in
            guard let peer, let count = state.peers[peer] else { return }
            state.peers[peer] = count > 1 ? count - 1 : nil
        }
        counts.close()
    }
}
