import AsyncZFSExecutor
import NIOCore
import NIOHTTP1
import ZFSCommandBuilder
import ZFSRPC
import ZFSReplication

extension RequestHandler {
    /// Answers `GET` and `POST` of `/stream/{id}`.
    func answerStream(
        _ exchange: Exchange,
        from visitor: Visitor,
        parts: inout HTTPConnection.Inbound.AsyncIterator,
        outbound: HTTPConnection.Outbound
    ) async throws {
        if case .nobody(let error) = visitor.caller {
            let status = HTTPResponseStatus(statusCode: error.httpStatus)
            try await send(await refusal(status, error, visitor, exchange), for: exchange, outbound: outbound)
            return
        }
        if let refusal = streamRefusal(of: exchange) {
            try await send(refusal, for: exchange, outbound: outbound)
            return
        }
        guard let transfers = application.transfers, let principal = visitor.caller.principal else {
            let error = RPCError(.unavailable, "streams_unavailable", "this service moves no streams")
            try await send(answer(to: error, exchange), for: exchange, outbound: outbound)
            return
        }
        let operation: TransferRequest.Operation = exchange.head.method == .GET ? .send : .receive
        // Before the session is taken: the client may be gone.
        try await outbound.channel.triggerUserOutboundEvent(operation == .send ? StreamPhase.sending : .receiving).get()
        let grant: TransferGrant
        do throws(RPCError) {
            grant = try await transfers.begin(
                session: Route.streamID(in: exchange.head.uri), operation: operation, by: principal)
        } catch {
            try await send(answer(to: error, exchange), for: exchange, outbound: outbound)
            return
        }
        let route = TransferRoute(.http, peer: visitor.address, id: exchange.requestID)
        let stream = HTTPStream(
            handler: self, exchange: exchange, transfers: transfers, grant: grant, route: route, outbound: outbound)
        switch grant.request {
        case .send(let request): try await stream.send(request)
        case .receive(let request): try await stream.receive(request, parts: &parts)
        }
    }

    /// The answer to a stream that fails before its first byte.
    func answer(to error: RPCError, _ exchange: Exchange) -> Answer {
        let status = error.streamStatus
        let allow: String? =
            status == .methodNotAllowed ? (exchange.head.method == .GET ? "POST" : "GET") : nil
        return Answer(status, body: RPCServer.refusal(error, requestID: exchange.requestID), allow: allow)
    }

    /// What is wrong with a request for a stream, whichever it is for.
    private func streamRefusal(of exchange: Exchange) -> Answer? {
        let headers = exchange.head.headers
        if exchange.head.method == .GET {
            if exchange.head.version.minor == 0 {
                // Without chunks a stream that broke off would look whole.
                return .problem(
                    .httpVersionNotSupported, detail: "A stream is fetched with HTTP/1.1, for it comes in chunks.")
            }
            if headers.contains(name: "Transfer-Encoding")
                || headers["Content-Length"].contains(where: { Int($0) != 0 })
            {
                return .problem(.badRequest, detail: "A request for a stream has no body.")
            }
            return nil
        }
        if let encoding = headers.first(name: "Content-Encoding"), !encoding.isEqualIgnoringCase("identity") {
            return .problem(
                .unsupportedMediaType, detail: "Content-Encoding is not supported; send the stream as it is.")
        }
        if let expectation = headers.first(name: "Expect"), !expectation.isEqualIgnoringCase("100-continue") {
            return .problem(.expectationFailed, detail: "The only known expectation is 100-continue.")
        }
        return nil
    }
}
