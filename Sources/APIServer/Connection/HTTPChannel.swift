import AsyncZFSExecutor
import CLinux
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// Sets up one accepted connection for HTTP/1.1 and carries its requests.
struct HTTPChannel: ServerChildChannel {
    typealias Value = AcceptedConnection

    let limits: HTTPLimits
    let admission: ConnectionAdmission
    let tls: TLSCredentials?
    let handler: RequestHandler
    let turns: EventLoopLocal<PipelineTurns>
    let waitingChannels: EventLoopLocal<WaitingChannels>
    let parked: ParkedConnections
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
            return AcceptedConnection(
                channel: channel, conversation: try converse(channel, try peer(of: channel), admitted))
        } catch {
            logger.debug("A connection could not be set up", metadata: ["error": "\(error)"])
            channel.close(promise: nil)
            return AcceptedConnection(channel: channel, conversation: nil)
        }
    }

    private func peer(of channel: any Channel) throws -> Peer {
        Peer(address: channel.remoteAddress, isEncrypted: tls != nil, credentials: try prepareSocket(of: channel))
    }

    private func converse(
        _ channel: any Channel, _ peer: Peer, _ admitted: AdmittedConnection, requestsServed: Int = 0,
        begun: [UInt8] = []
    ) throws -> AcceptedConnection.Conversation {
        let connection = ConnectionGuard(
            limits: limits, counts: admission.counts, isEncrypted: tls != nil, requestsServed: requestsServed)
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            try pipeline.addHandler(NIOSSLServerHandler(context: tls.context))
        }
        var decoderLimits = NIOHTTPDecoderLimitConfiguration()
        decoderLimits.maxHeaderFieldSize = limits.headerBytes
        decoderLimits.maxHeaderListSize = limits.headerBytes
        decoderLimits.maxHeaderFieldCount = limits.headerFields
        if tls == nil { connection.waitingChannels = waitingChannels[channel.eventLoop] }
        try pipeline.addHandler(
            ByteGate(
                connection: connection, turns: turns[channel.eventLoop], peer: peer, parked: parked, begun: begun))
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

    /// Gives a connection a channel again whose next request has come, and carries its requests.
    func resume(_ connection: ParkedConnections.Connection, logger: Logger) async {
        let value: AcceptedConnection
        do {
            let socket = connection.socket.release()
            guard socket >= 0 else { throw ChannelError.operationUnsupported }
            value = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .withConnectedSocket(socket) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        AcceptedConnection(
                            channel: channel,
                            conversation: try converse(
                                channel, connection.peer, connection.admitted,
                                requestsServed: connection.requestsServed, begun: connection.begun))
                    }
                }
        } catch {
            logger.debug("A connection could not be set up", metadata: ["error": "\(error)"])
            connection.admitted.end()
            return
        }
        await withGracefulShutdownHandler {
            await handle(value: value, logger: logger)
        } onGracefulShutdown: {
            value.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
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
                    if !conversation.admitted.isTakenFromChannel { tasks.cancelAll() }
                }
            }
        } catch {
            logger.trace("A connection ended early", metadata: ["error": "\(error)"])
        }
    }
}
