import CLinux
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Sets up one accepted connection for HTTP/1.1 and carries its requests.
struct HTTPChannel: ServerChildChannel {
    typealias Value = AcceptedConnection

    let limits: HTTPLimits
    let admission: ConnectionAdmission
    let tls: TLSCredentials?
    let handler: RequestHandler
    let turns: EventLoopTurns
    /// Waits for sockets that were taken from their channels.
    let poller: SocketPoller

    /// Never fails: an error would pass through the listener and end it.
    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeSucceededFuture(accept(channel, logger: logger))
    }

    private func accept(_ channel: any Channel, logger: Logger) -> AcceptedConnection {
        let network = PeerNetwork(of: channel.remoteAddress)
        guard admission.admit(network) else {
            channel.close(promise: nil)
            return AcceptedConnection(channel: channel, conversation: nil)
        }
        let admitted = AdmittedConnection(admission, network, channel: channel)
        do {
            return AcceptedConnection(channel: channel, conversation: try converse(channel, admitted))
        } catch {
            logger.debug("A connection could not be set up", metadata: ["error": "\(error)"])
            channel.close(promise: nil)
            return AcceptedConnection(channel: channel, conversation: nil)
        }
    }

    private func converse(
        _ channel: any Channel, _ admitted: AdmittedConnection
    ) throws -> AcceptedConnection.Conversation {
        let peer = Peer(
            address: channel.remoteAddress,
            isEncrypted: tls != nil,
            credentials: try prepareSocket(of: channel)
        )
        let connection = ConnectionGuard(limits: limits, counts: admission.counts, isEncrypted: tls != nil)
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            try pipeline.addHandler(NIOSSLServerHandler(context: tls.context))
        }
        var decoderLimits = NIOHTTPDecoderLimitConfiguration()
        decoderLimits.maxHeaderFieldSize = limits.headerBytes
        decoderLimits.maxHeaderListSize = limits.headerBytes
        decoderLimits.maxHeaderFieldCount = limits.headerFields
        try pipeline.addHandler(ByteGate(connection: connection, turns: turns[channel.eventLoop]))
        try pipeline.configureHTTPServerPipeline(
            position: .last,
            withPipeliningAssistance: false,
            withErrorHandling: false,
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
            withDecoderLimitConfiguration: decoderLimits
        )
        let handshake = tls.map { _ in channel.eventLoop.makePromise(of: PeerCertificate?.self) }
        connection.handshake = handshake
        connection.admitted = admitted
        try pipeline.addHandler(connection)
        return AcceptedConnection.Conversation(
            parts: AcceptedParts(
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true)
                )),
            peer: peer,
            admitted: admitted,
            handshake: handshake?.futureResult
        )
    }

    /// Sets what TCP should do about a lost peer, or asks a Unix socket for its peer.
    private func prepareSocket(of channel: any Channel) throws -> PeerCredentials? {
        let credentials = try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { descriptor -> PeerCredentials? in
            if case .unixDomainSocket = channel.localAddress { return PeerCredentials(ofSocket: descriptor) }
            // A peer that is gone already shows in the first read; there is nothing to do about it here.
            _ = clinux_set_tcp_options(descriptor)
            return nil
        }
        return credentials.flatMap { $0 }
    }

    func handle(value: AcceptedConnection, logger: Logger) async {
        guard let conversation = value.conversation else { return }
        let channel = value.channel
        defer { conversation.admitted.end() }
        do {
            try await conversation.parts.serve().executeThenClose { inbound, outbound in
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask {
                        do {
                            var peer = conversation.peer
                            peer.certificate = try await conversation.handshake?.get()
                            let connection = HTTPConnection(peer: peer, handler: handler)
                            try await connection.run(
                                inbound: inbound,
                                outbound: AnswerWriter(writer: outbound, channel: channel, poller: poller))
                            try Task.checkCancellation()
                        } catch {
                            channel.close(promise: nil)
                            throw error
                        }
                    }
                    // After the last answer the guard closes, when the client had a moment to read it. When the client
                    // goes away before, the call it waits for is of no use any more.
                    try await channel.closeFuture.get()
                    if !conversation.admitted.hasLeftChannel { tasks.cancelAll() }
                }
            }
        } catch {
            logger.trace("A connection ended early", metadata: ["error": "\(error)"])
        }
    }
}
