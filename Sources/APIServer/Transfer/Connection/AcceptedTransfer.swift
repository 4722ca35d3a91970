import AsyncZFSExecutor
import HummingbirdCore
import NIOCore

/// An accepted connection of the transfer socket, as the task that serves it gets it.
struct AcceptedTransfer: ServerChildChannelValue {
    /// How its bytes come.
    enum Kind: Sendable {
        /// On the socket itself; the channel is closed already.
        case plain(Descriptor)
        /// Through TLS.
        case encrypted(AcceptedParts<ByteBuffer, ByteBuffer>)
        /// Not at all: it was refused, and is closed already.
        case refused
    }

    let channel: any Channel
    let peer: Peer
    let kind: Kind
    /// Its place among the connections that are open; nil when it was refused.
    let place: Place?

    /// Gives the place back when nobody has the connection any more: also one that was accepted while the listener stopped,
    /// and that no task ever gets.
    final class Place: Sendable {
        private let release: @Sendable () -> Void

        init(release: @escaping @Sendable () -> Void) {
            self.release = release
        }

        deinit { release() }
    }
}
