public import AsyncZFSExecutor
internal import Synchronization

/// Answers JSON-RPC 2.0 texts with the methods of the catalogue.
///
/// ## Concurrency
/// Stateless but for the last readiness, which a mutex guards. The members of a batch run concurrently.
public final class RPCServer: RPCResponder {
    /// Requests in one batch.
    static let batchLimit = 100
    /// How long a readiness is told again before ZFS is asked anew.
    private static let readinessAge = Duration.seconds(1)

    private let runner: any CommandRunner
    private let service: ServiceDescription
    private let methods: [String: Method]
    private let lastReadiness = Mutex<(instant: ContinuousClock.Instant, readiness: Readiness)?>(nil)
    /// The OpenRPC document, as JSON text.
    public let openRPCDocument: [UInt8]

    /// Makes a server.
    /// - Parameters:
    ///   - runner: Runs the commands.
    ///   - service: Facts that some methods tell.
    public init(runner: any CommandRunner, service: ServiceDescription) {
        self.runner = runner
        self.service = service
        let document = OpenRPCDocument.make(Method.catalogue, version: service.version)
        openRPCDocument = document.encoded
        var methods: [String: Method] = [:]
        for method in Method.catalogue { methods[method.name] = method }
        methods[OpenRPCDocument.discover.name] = Method(
            OpenRPCDocument.discover.name, OpenRPCDocument.discover.summary, .viewer,
            result: OpenRPCDocument.discover.result
        ) { _ in document }
        self.methods = methods
    }

    /// Answers the body of one request.
    public func respond(to body: [UInt8], context: RequestContext) async -> ResponseBody? {
        let (value, identifiers): (JSONValue, [[UInt8]?])
        do {
            (value, identifiers) = try JSONParser.parseRequests(body)
        } catch {
            return errorBody(
                RPCError(.parseError, "parse_error", "the body is not a JSON text: \(error)"), Request.null, context)
        }
        guard case .array(let members) = value else {
            return await answer(Request.parse(value, identifier: identifiers.first ?? nil), context)
        }
        if members.isEmpty {
            return errorBody(
                RPCError(.invalidRequest, "invalid_request", "a batch has at least one request"), Request.null, context)
        }
        if members.count > Self.batchLimit {
            return errorBody(
                RPCError(
                    .invalidRequest, "batch_too_large",
                    "a batch has at most \(Self.batchLimit) requests, this one has \(members.count); split it"),
                Request.null, context)
        }
        return await answerBatch(zip(members, identifiers).map(Request.parse), context)
    }

    /// The JSON text of an error that the transport answers by itself, with `id` null.
    public static func refusal(code: Int, message: String, reason: String, requestID: String) -> [UInt8] {
        let error = RPCError(RPCError.Code(rawValue: code) ?? .invalidRequest, reason, message)
        return answerText(member: "error", error.json(requestID: requestID), Request.null)
    }

    /// Lists the pools, at most once a second.
    public func readiness() async -> Readiness {
        let known = lastReadiness.withLock { $0 }
        if let known, .now - known.instant < Self.readinessAge { return known.readiness }
        let readiness = await Readiness.check(runner)
        lastReadiness.withLock { $0 = (.now, readiness) }
        return readiness
    }

    private func answerBatch(_ requests: [Request.Parsed], _ context: RequestContext) async -> ResponseBody? {
        // A batch is one JSON text, so its members can not come as lines.
        let context = RequestContext(requestID: context.requestID)
        let answers = await withTaskGroup(of: (Int, ResponseBody?).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { (index, await self.answer(request, context)) }
            }
            var answers = [ResponseBody?](repeating: nil, count: requests.count)
            for await (index, answer) in group { answers[index] = answer }
            return answers.compactMap { $0 }
        }
        if answers.isEmpty { return nil }
        var body = ResponseBody()
        for (index, answer) in answers.enumerated() {
            body.append([index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ",")])
            body.append(answer)
        }
        body.append([UInt8(ascii: "]")])
        return body
    }

    private func answer(_ parsed: Request.Parsed, _ context: RequestContext) async -> ResponseBody? {
        switch parsed {
        case .invalid(let error, let identifier):
            return errorBody(error, identifier, context)
        case .request(let request):
            do {
                let answer = try await call(request, context)
                return request.identifier.map { resultBody(answer, $0) }
            } catch {
                return request.identifier.map { errorBody(error, $0, context) }
            }
        }
    }

    private func call(_ request: Request, _ context: RequestContext) async throws(RPCError) -> Method.Answer {
        guard let method = methods[request.method] else {
            throw RPCError(
                .methodNotFound, "method_not_found",
                "there is no method \"\(request.method.prefix(100))\"; rpc.discover lists them all")
        }
        let arguments = try request.arguments(for: method)
        let call = Call(runner: runner, service: service, context: context)
        do {
            return try await method.invoke(call, arguments)
        } catch {
            throw RPCError(of: error, failureCode: method.failureCode)
        }
    }

    private func resultBody(_ answer: Method.Answer, _ identifier: [UInt8]) -> ResponseBody {
        switch answer {
        case .value(let value):
            return ResponseBody(Self.answerText(member: "result", value, identifier))
        case .text(let text):
            var body = ResponseBody(Array(#"{"jsonrpc":"2.0","id":"#.utf8) + identifier + Array(#","result":"#.utf8))
            body.append(text)
            body.append([UInt8(ascii: "}")])
            return body
        case .lines(let value, let spool):
            var body = ResponseBody(Self.answerText(member: "result", value, identifier) + [0x0A])
            body.append(spool)
            body.setContentType("application/x-ndjson")
            return body
        }
    }

    private func errorBody(_ error: RPCError, _ identifier: [UInt8], _ context: RequestContext) -> ResponseBody {
        ResponseBody(Self.answerText(member: "error", error.json(requestID: context.requestID), identifier))
    }

    private static func answerText(member: String, _ value: JSONValue, _ identifier: [UInt8]) -> [UInt8] {
        var bytes = Array(#"{"jsonrpc":"2.0","id":"#.utf8) + identifier + Array(#","\#(member)":"#.utf8)
        value.encode(to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
