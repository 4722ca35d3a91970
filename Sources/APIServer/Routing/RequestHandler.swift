import NIOCore
import NIOHTTP1
import RateLimiting
import ZFSRPC

/// Answers HTTP requests: the JSON-RPC endpoint and the small documents beside it.
struct RequestHandler: Sendable {
    let application: HTTPApplication
    let limits: HTTPLimits
    private let counts: ConnectionCounts
    private let service: ServiceFacts
    private let requestIDs = RequestIDs()
    let dates = HTTPDateCache()
    let followerPlaces = Places(followers)

    init(_ application: HTTPApplication, limits: HTTPLimits, counts: ConnectionCounts) {
        self.application = application
        self.limits = limits
        self.counts = counts
        service = ServiceFacts(version: application.version, start: application.start)
    }

    func begin(_ head: HTTPRequestHead, on connection: HTTPConnection) -> Exchange {
        Exchange(
            head: head,
            route: Route(target: head.uri),
            requestID: requestIDs.next(),
            peer: connection.peer,
            start: .now
        )
    }

    func answer(
        _ exchange: Exchange,
        parts: inout HTTPConnection.Inbound.AsyncIterator,
        outbound: HTTPConnection.Outbound
    ) async throws {
        counts.beginRequest()
        defer { counts.endRequest() }
        guard let route = exchange.route else {
            let detail = "There is nothing at this path; JSON-RPC calls go to POST /."
            try await send(.problem(.notFound, detail: detail), for: exchange, outbound: outbound)
            return
        }
        guard route.allows(exchange.head.method) else {
            let refusal = Answer.problem(
                .methodNotAllowed, detail: "This path takes \(route.allow) only.", allow: route.allow)
            try await send(refusal, for: exchange, outbound: outbound)
            return
        }
        switch route {
        case .health:
            try await send(Answer(.ok, body: service.health()), for: exchange, outbound: outbound)
        case .ready:
            var readiness = await application.responder.readiness()
            if let listeners = application.listeners { readiness.checks.append(listeners()) }
            let answer = Answer(readiness.isReady ? .ok : .serviceUnavailable, body: readiness.document)
            try await send(answer, for: exchange, outbound: outbound)
        case .openRPC, .metrics, .rpc, .root, .stream, .events:
            let visitor = await application.access.visitor(exchange.head, at: exchange.peer)
            var exchange = exchange
            exchange.rate = await application.access.admit(visitor)
            if let rate = exchange.rate, !rate.decision.isAllowed {
                let answer = await refusal(.tooManyRequests, .tooManyRequests(rate.decision.wait), visitor, exchange)
                try await send(answer, for: exchange, outbound: outbound)
            } else if route == .rpc || route == .root {
                try await answerCall(exchange, from: visitor, parts: &parts, outbound: outbound)
            } else if route == .stream {
                try await answerStream(exchange, from: visitor, parts: &parts, outbound: outbound)
            } else if route == .events {
                try await answerEvents(exchange, from: visitor, outbound: outbound)
            } else {
                try await send(await document(route, exchange, visitor), for: exchange, outbound: outbound)
            }
        }
    }

    /// A document that is not for everybody.
    private func document(_ route: Route, _ exchange: Exchange, _ visitor: Visitor) async -> Answer {
        if case .nobody(let error) = visitor.caller, route != .metrics || !application.access.showsMetricsToAll {
            return await refusal(.unauthorized, error, visitor, exchange)
        }
        guard route == .metrics else { return Answer(.ok, body: application.responder.openRPCDocument) }
        guard let metrics = application.metrics else {
            return .problem(.notFound, detail: "Metrics are switched off in the configuration.")
        }
        let accepts = exchange.head.headers["Accept"]
        let (contentType, text) = metrics.metrics(
            openMetrics: MediaType.accepted(in: accepts, "application/openmetrics-text"))
        return Answer(.ok, contentType: contentType, body: text)
    }

    /// The answer to a request that is refused before it becomes a call.
    func refusal(
        _ status: HTTPResponseStatus,
        _ error: RPCError,
        _ visitor: Visitor,
        _ exchange: Exchange
    ) async -> Answer {
        let record = CallRecord(
            method: nil, isWrite: false, principal: visitor.caller.principal, peer: visitor.address,
            requestID: exchange.requestID, parameters: [])
        await application.refusals?.didRefuse(record, with: error)
        return Answer(status, body: RPCServer.refusal(error, requestID: exchange.requestID))
    }

    /// Answers bytes that are no request; the connection ends with it.
    func refuse(
        _ status: HTTPResponseStatus,
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
                peer: connection.peer,
                start: .now
            )
        try await send(.problem(status, detail: detail), for: broken, outbound: outbound)
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
                    return rpcRefusal(
                        .unsupportedMediaType, .invalidRequest, sentence, "unsupported_encoding", exchange)
                }
            default:
                break
            }
        }
        return isJSON ? nil : unsupportedType(exchange)
    }

    private func unsupportedType(_ exchange: Exchange) -> Answer {
        let sentence = "Content-Type must be application/json or application/json-rpc, in UTF-8."
        return rpcRefusal(.unsupportedMediaType, .invalidRequest, sentence, "unsupported_media_type", exchange)
    }

    private func bodyTooLarge(_ exchange: Exchange) -> Answer {
        let sentence = "The request body is longer than \(limits.bodyBytes) bytes."
        return rpcRefusal(.payloadTooLarge, .invalidRequest, sentence, "body_too_large", exchange)
    }

    private func rpcRefusal(
        _ status: HTTPResponseStatus,
        _ code: RPCError.Code,
        _ message: String,
        _ reason: String,
        _ exchange: Exchange
    ) -> Answer {
        Answer(status, body: RPCServer.refusal(RPCError(code, reason, message), requestID: exchange.requestID))
    }

    private func answerCall(
        _ exchange: Exchange,
        from visitor: Visitor,
        parts: inout HTTPConnection.Inbound.AsyncIterator,
        outbound: HTTPConnection.Outbound
    ) async throws {
        if let refusal = bodyRefusal(of: exchange) {
            try await send(refusal, for: exchange, outbound: outbound)
            return
        }
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
            caller: visitor.caller,
            peer: visitor.address,
            acceptsNDJSON: MediaType.accepted(in: exchange.head.headers["Accept"], "application/x-ndjson")
        )
        guard let answer = await application.responder.respond(to: body, context: context) else {
            try await sendNoContent(for: exchange, outbound: outbound)
            return
        }
        try await send(answer, for: exchange, outbound: outbound)
    }
}

extension RPCError {
    /// Too many requests; the next one is allowed in so many seconds.
    fileprivate static func tooManyRequests(_ seconds: Int) -> RPCError {
        RPCError(
            .rateLimited, "rate_limited", "too many requests; wait \(seconds) s", isRetryable: true,
            details: .object([JSONMember("retry_after", .number(String(seconds)))]))
    }
}
