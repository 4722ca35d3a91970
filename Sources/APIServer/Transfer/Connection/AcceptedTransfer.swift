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
    /// Gives its place back; called once, when it is over.
    let release: @Sendable () -> Void
}
