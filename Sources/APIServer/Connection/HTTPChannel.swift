import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Sets up one accepted connection for HTTP/1.1 and carries its requests.
struct HTTPChannel: ServerChildChannel {
    typealias Value = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    let limits: HTTPLimits
    let handler: RequestHandler

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var decoderLimits = NIOHTTPDecoderLimitConfiguration()
            decoderLimits.maxHeaderFieldSize = limits.headerBytes
            decoderLimits.maxHeaderListSize = limits.headerBytes
            decoderLimits.maxHeaderFieldCount = limits.headerFields
            let connection = ConnectionGuard(limits: limits)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ByteGate(connection: connection))
            try pipeline.configureHTTPServerPipeline(
                position: .last,
                withPipeliningAssistance: false,
                withErrorHandling: false,
                withOutboundHeaderValidation: false,
                withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
                withDecoderLimitConfiguration: decoderLimits
            )
            try pipeline.addHandler(connection)
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value channel: Value, logger: Logger) async {
        let connection = HTTPConnection(peer: channel.channel.remoteAddress, handler: handler)
        do {
            try await channel.executeThenClose { inbound, outbound in
                try await connection.run(inbound: inbound, outbound: outbound)
                // The guard closes when the last answer is sent and the client had a moment to read it.
                try await channel.channel.closeFuture.get()
            }
        } catch {
            logger.trace("A connection ended early", metadata: ["error": "\(error)"])
        }
    }
}
