import NIOCore
import NIOHTTP1
import ZFSRPC

/// Answers HTTP requests: the JSON-RPC endpoint and the small documents beside it.
struct RequestHandler: Sendable {
    let responder: any RPCResponder
    let limits: HTTPLimits
    let service: ServiceFacts
    let accessLog: (any AccessLog)?
    private let requestIDs = RequestIDs()
    let dates = HTTPDateCache()

    init(responder: any RPCResponder, limits: HTTPLimits, service: ServiceFacts, accessLog: (any AccessLog)?) {
        self.responder = responder
        self.limits = limits
        self.service = service
        self.accessLog = accessLog
    }

    func begin(_ head: HTTPRequestHead, on connection: HTTPConnection) -> Exchange {
        Exchange(
            head: head,
            route: Route(target: head.uri),
            requestID: requestIDs.next(),
            peer: connection.peerText,
            peerIsLoopback: connection.peerIsLoopback,
            start: .now
        )
    }

    func answer(
        _ exchange: Exchange,
        parts: inout HTTPConnection.Inbound.AsyncIterator,
        outbound: HTTPConnection.Outbound
    ) async throws {
        if let refusal = refusal(of: exchange) {
            try await send(refusal, for: exchange, outbound: outbound)
            return
        }
        switch exchange.route {
        case .rpc, .root:
            try await answerCall(exchange, parts: &parts, outbound: outbound)
        case .health:
            try await send(Answer(.ok, body: service.health()), for: exchange, outbound: outbound)
        case .ready:
            let readiness = await responder.readiness()
            let answer = Answer(readiness.isReady ? .ok : .serviceUnavailable, body: readiness.document)
            try await send(answer, for: exchange, outbound: outbound)
        case .openRPC:
            try await send(Answer(.ok, body: responder.openRPCDocument), for: exchange, outbound: outbound)
        case nil:
            break
        }
    }

    /// Answers 400 to bytes that are no request; the connection ends with it.
    func refuse(
        _ detail: String,
        exchange: Exchange?,
        on connection: HTTPConnection,
        outbound: HTTPConnection.Outbound
    ) async throws {
        let broken =
            exchange
            ?? Exchange(
                head: HTTPRequestHead(version: .http1_1, method: .GET, uri: ""),
                route: nil,
                requestID: requestIDs.next(),
                peer: connection.peerText,
                peerIsLoopback: connection.peerIsLoopback,
                start: .now
            )
        try await send(.problem(.badRequest, detail: detail), for: broken, outbound: outbound)
    }

    private func refusal(of exchange: Exchange) -> Answer? {
        guard let route = exchange.route else {
            return .problem(.notFound, detail: "There is nothing at this path; JSON-RPC calls go to POST /.")
        }
        guard route.allows(exchange.head.method) else {
            return .problem(.methodNotAllowed, detail: "This path takes \(route.allow) only.", allow: route.allow)
        }
        switch route {
        case .health, .ready:
            return nil
        case .openRPC:
            return localhostRefusal(of: exchange)
        case .rpc, .root:
            return localhostRefusal(of: exchange) ?? bodyRefusal(of: exchange)
        }
    }

    private func localhostRefusal(of exchange: Exchange) -> Answer? {
        LocalhostRule.objection(to: exchange.head, peerIsLoopback: exchange.peerIsLoopback).map { sentence in
            rpcRefusal(.unauthorized, -32040, sentence, "authentication_required", exchange)
        }
    }

    private func bodyRefusal(of exchange: Exchange) -> Answer? {
        var isJSON = false
        for (name, value) in exchange.head.headers {
            switch name.utf8.count {
            case 6 where name.isEqualIgnoringCase("expect") && !value.isEqualIgnoringCase("100-continue"):
                return .problem(.expectationFailed, detail: "The only known expectation is 100-continue.")
            case 12 where name.isEqualIgnoringCase("content-type"):
                guard !isJSON, MediaType.isJSON(value) else { return unsupportedType(exchange) }
                isJSON = true
            case 14 where name.isEqualIgnoringCase("content-length"):
                guard let length = Int(value), length <= limits.bodyBytes else { return bodyTooLarge(exchange) }
            case 16 where name.isEqualIgnoringCase("content-encoding"):
                guard value.isEqualIgnoringCase("identity") else {
                    let sentence = "Content-Encoding is not supported; send the body as it is."
                    return rpcRefusal(.unsupportedMediaType, -32600, sentence, "unsupported_encoding", exchange)
                }
            default:
                break
            }
        }
        return isJSON ? nil : unsupportedType(exchange)
    }

    private func unsupportedType(_ exchange: Exchange) -> Answer {
        let sentence = "Content-Type must be application/json or application/json-rpc, in UTF-8."
        return rpcRefusal(.unsupportedMediaType, -32600, sentence, "unsupported_media_type", exchange)
    }

    private func bodyTooLarge(_ exchange: Exchange) -> Answer {
        let sentence = "The request body is longer than \(limits.bodyBytes) bytes."
        return rpcRefusal(.payloadTooLarge, -32600, sentence, "body_too_large", exchange)
    }

    private func rpcRefusal(
        _ status: HTTPResponseStatus,
        _ code: Int,
        _ message: String,
        _ reason: String,
        _ exchange: Exchange
    ) -> Answer {
        let id = exchange.requestID
        return Answer(
            status,
            body: RPCServer.refusal(code: code, message: message, reason: reason, requestID: id)
        )
    }

    private func answerCall(
        _ exchange: Exchange,
        parts: inout HTTPConnection.Inbound.AsyncIterator,
        outbound: HTTPConnection.Outbound
    ) async throws {
        if exchange.head.headers.contains(name: "Expect"), exchange.head.version.minor == 1 {
            try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
        }
        var body: [UInt8] = []
        reading: while true {
            switch try await parts.next(isolation: #isolation) {
            case .body(let buffer):
                guard body.count + buffer.readableBytes <= limits.bodyBytes else {
                    try await send(bodyTooLarge(exchange), for: exchange, outbound: outbound)
                    return
                }
                body.append(contentsOf: buffer.readableBytesView)
            case .end:
                break reading
            case .head, nil:
                // The client left before its request was whole; there is nobody to answer.
                return
            }
        }
        let context = RequestContext(
            requestID: exchange.requestID,
            acceptsNDJSON: MediaType.accepted(in: exchange.head.headers["Accept"], "application/x-ndjson")
        )
        guard let answer = await responder.respond(to: body, context: context) else {
            try await sendNoContent(for: exchange, outbound: outbound)
            return
        }
        try await send(answer, for: exchange, outbound: outbound)
    }
}
