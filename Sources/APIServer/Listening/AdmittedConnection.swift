internal import NIOCore
internal import Synchronization

/// The place of one connection among those that are open: it is given back when its channel ends, or, once the connection
/// has left its channel, when whoever has it says so.
///
/// ## Concurrency model
/// The channel's event loop and one task use it; a connection leaves its channel before that ends.
final class AdmittedConnection: Sendable {
    private let admission: ConnectionAdmission
    private let network: PeerNetwork?
    private let hasLeft = Atomic(false)

    /// Takes a place that was admitted for a peer.
    init(_ admission: ConnectionAdmission, _ network: PeerNetwork?, channel: any Channel) {
        self.admission = admission
        self.network = network
        channel.closeFuture.whenComplete { [self] _ in
            if !hasLeftChannel { admission.release(network) }
        }
    }

    /// Whether the end of the channel is not that of the connection.
    var hasLeftChannel: Bool { hasLeft.load(ordering: .acquiring) }

    /// The connection goes on when its channel, which the listener counts, ends.
    func leaveChannel() {
        admission.open()
        hasLeft.store(true, ordering: .releasing)
    }

    /// The connection has ended that had left its channel.
    func end() {
        guard hasLeftChannel else { return }
        admission.release(network)
        admission.close()
    }
}
