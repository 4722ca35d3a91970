internal import NIOCore
internal import Synchronization

/// The place of one connection among those that are open.
///
/// The listener counts the channels that it accepted. A connection that goes on without its channel is counted here instead,
/// until whoever has it then says that it has ended.
///
/// ## Concurrency model
/// The channel's event loop, one task and the thread of ``ParkedConnections`` use it; a mutex guards who counts.
final class AdmittedConnection: Sendable {
    private enum Count { case byListener, here, nowhere }

    private let admission: ConnectionAdmission
    private let network: PeerNetwork?
    private let count: Mutex<Count>
    private let isTaken = Atomic(false)

    /// Takes the place that was admitted for a peer.
    init(_ admission: ConnectionAdmission, _ network: PeerNetwork?, channel: any Channel) {
        self.admission = admission
        self.network = network
        count = Mutex(.byListener)
        channel.closeFuture.whenComplete { [self] _ in
            let isEnd = count.withLock { count in
                defer { if count == .byListener { count = .nowhere } }
                return count == .byListener
            }
            if isEnd { admission.release(network) }
        }
    }

    private init(_ admission: ConnectionAdmission, _ network: PeerNetwork?) {
        self.admission = admission
        self.network = network
        count = Mutex(.here)
    }

    /// Whether the task that serves the connection has taken it from its channel, so that the end of that is nothing to it.
    var isTakenFromChannel: Bool { isTaken.load(ordering: .acquiring) }

    /// The connection goes on in its task when its channel ends.
    func takeFromChannel() {
        countHere(.here)
        isTaken.store(true, ordering: .releasing)
    }

    /// The connection goes on elsewhere when its channel ends; this place is the other's from now on.
    func passOn() -> AdmittedConnection {
        countHere(.nowhere)
        return AdmittedConnection(admission, network)
    }

    /// The connection has ended; one that the listener counts ends with its channel.
    func end() {
        let isEnd = count.withLock { count in
            defer { if count == .here { count = .nowhere } }
            return count == .here
        }
        guard isEnd else { return }
        admission.release(network)
        admission.close()
    }

    private func countHere(_ next: Count) {
        let wasListeners = count.withLock { count in
            defer { count = next }
            return count == .byListener
        }
        if wasListeners { admission.open() }
    }
}
