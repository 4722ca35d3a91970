import AsyncZFSExecutor
import CLinux
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// Takes accepted connections over from the listener.
///
/// A plain one leaves the event loop at once: its socket is duplicated and the channel closed. The loop would read what
/// follows the handshake, and all that is there when the client ends its side, and a stream is for `zfs` alone.
struct TransferChannel: ServerChildChannel {
    typealias Value = AcceptedTransfer

    let admission: ConnectionAdmission
    let tls: TLSCredentials?
    let poller: SocketPoller
    let attendant: TransferAttendant

    /// Never fails: an error would pass through the listener and end it.
    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeSucceededFuture(accept(channel))
    }

    private func accept(_ channel: any Channel) -> AcceptedTransfer {
        let network = PeerNetwork(of: channel.remoteAddress)
        guard admission.admit(network) else {
            channel.close(promise: nil)
            let peer = Peer(address: channel.remoteAddress, isEncrypted: tls != nil, credentials: nil)
            return AcceptedTransfer(channel: channel, peer: peer, kind: .refused, place: nil)
        }
        do {
            return try take(channel, network)
        } catch {
            admission.release(network)
            channel.close(promise: nil)
            let peer = Peer(address: channel.remoteAddress, isEncrypted: tls != nil, credentials: nil)
            return AcceptedTransfer(channel: channel, peer: peer, kind: .refused, place: nil)
        }
    }

    private func take(_ channel: any Channel, _ network: PeerNetwork?) throws -> AcceptedTransfer {
        let isUnix = if case .unixDomainSocket = channel.localAddress { true } else { false }
        let (credentials, socket) =
            try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
                descriptor -> (PeerCredentials?, Descriptor?) in
                // A peer that is gone already shows in the first read; there is nothing to do about it here.
                if !isUnix { _ = clinux_set_tcp_options(descriptor) }
                let credentials = isUnix ? PeerCredentials(ofSocket: descriptor) : nil
                return (credentials, tls == nil ? Descriptor.duplicate(of: descriptor) : nil)
            } ?? (nil, nil)
        let peer = Peer(address: channel.remoteAddress, isEncrypted: tls != nil, credentials: credentials)
        if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.context))
            let parts = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                wrappingChannelSynchronously: channel,
                configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true)
            )
            return AcceptedTransfer(
                channel: channel, peer: peer, kind: .encrypted(AcceptedParts(parts)),
                place: AcceptedTransfer.Place { [admission] in admission.release(network) })
        }
        guard let socket, !isUnix || credentials != nil else { throw ChannelError.operationUnsupported }
        // The listener counts the channel, which ends now; the connection goes on.
        admission.open()
        channel.close(promise: nil)
        return AcceptedTransfer(
            channel: channel, peer: peer, kind: .plain(socket),
            place: AcceptedTransfer.Place { [admission] in
                admission.release(network)
                admission.close()
            })
    }

    func handle(value: AcceptedTransfer, logger: Logger) async {
        defer { withExtendedLifetime(value.place) {} }
        switch value.kind {
        case .plain(let socket):
            await attendant.serve(PlainTransferConnection(socket: socket, poller: poller), value.peer)
        case .encrypted(let parts):
            do {
                try await parts.serve().executeThenClose { inbound, outbound in
                    let connection = EncryptedTransferConnection(
                        channel: value.channel, inbound: inbound, outbound: outbound)
                    await attendant.serve(connection, value.peer)
                }
            } catch {
                logger.trace("A connection ended early", metadata: ["error": "\(error)"])
            }
        case .refused:
            break
        }
    }
}
