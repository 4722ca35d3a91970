import NIOCore
import NIOHTTP1

/// The requests of one connection, one after the other.
struct HTTPConnection: Sendable {
    typealias Inbound = NIOAsyncChannelInboundStream<HTTPServerRequestPart>
    typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

    let peerText: String
    let peerIsLoopback: Bool
    let handler: RequestHandler

    init(peer: SocketAddress?, handler: RequestHandler) {
        let address = peer?.ipAddress ?? ""
        peerText = peer.map { "\(address):\($0.port ?? 0)" } ?? "unknown"
        peerIsLoopback = LoopbackName.matches(address)
        self.handler = handler
    }

    /// Answers requests until the client ends, breaks the protocol, or the connection is closed.
    func run(inbound: Inbound, outbound: Outbound) async throws {
        var parts = inbound.makeAsyncIterator()
        var exchange: Exchange?
        do {
            while let part = try await parts.next(isolation: #isolation) {
                guard case .head(let head) = part else { continue }
                let current = handler.begin(head, on: self)
                exchange = current
                try await handler.answer(current, parts: &parts, outbound: outbound)
                exchange = nil
            }
        } catch let error as RequestSyntaxError {
            try await handler.refuse(error.detail, exchange: exchange, on: self, outbound: outbound)
        } catch is HTTPParserError {
            let detail = "The request is not valid HTTP/1.1, or its header is too large."
            try await handler.refuse(detail, exchange: exchange, on: self, outbound: outbound)
        }
    }
}
