import NIOCore
import NIOHTTP1

/// The requests of one connection, one after the other.
struct HTTPConnection: Sendable {
    typealias Inbound = NIOAsyncChannelInboundStream<HTTPServerRequestPart>
    typealias Outbound = AnswerWriter

    /// After so many requests other connections get their turn, for those that wait already never suspend this task.
    private static let requestsPerTurn = 8

    let peer: Peer
    let handler: RequestHandler

    /// Answers requests until the client ends, breaks the protocol, or the connection is closed.
    func run(inbound: Inbound, outbound: Outbound) async throws {
        var parts = inbound.makeAsyncIterator()
        var exchange: Exchange?
        var served = 0
        do {
            while let part = try await parts.next(isolation: #isolation) {
                guard case .head(let head) = part else { continue }
                let current = handler.begin(head, on: self)
                exchange = current
                try await handler.answer(current, parts: &parts, outbound: outbound)
                exchange = nil
                served += 1
                if served.isMultiple(of: Self.requestsPerTurn) { await Task.yield() }
            }
        } catch let error as RequestSyntaxError {
            try await handler.refuse(.badRequest, error.detail, exchange: exchange, on: self, outbound: outbound)
        } catch HTTPParserError.headerOverflow {
            let limits = handler.limits
            let detail =
                "The request header is too large: at most \(limits.headerFields) fields and \(limits.headerBytes) bytes."
            try await handler.refuse(
                .requestHeaderFieldsTooLarge,
                detail,
                exchange: exchange,
                on: self,
                outbound: outbound
            )
        } catch is HTTPParserError {
            let detail = "The request is not valid HTTP/1.1."
            try await handler.refuse(.badRequest, detail, exchange: exchange, on: self, outbound: outbound)
        }
    }
}
