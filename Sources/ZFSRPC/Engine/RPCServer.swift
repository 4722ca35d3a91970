public import AsyncZFSExecutor
internal import Synchronization

/// Answers JSON-RPC 2.0 texts with the methods of the catalogue, for callers who may call them.
///
/// Who nobody knows learns nothing: every text but a call of `auth_login` gets one and the same error.
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
    private let authority: (any Authority)?
    private let transfers: Transfers?
    private let tasks: Tasks?
    private let observers: [any CallObserver]
    private let checks: [@Sendable () async -> Readiness.Check]
    private let methods: [String: Method]
    private let lastReadiness = Mutex<(instant: ContinuousClock.Instant, readiness: Readiness)?>(nil)
    /// The OpenRPC document, as JSON text.
    public let openRPCDocument: [UInt8]

    /// Makes a server.
    /// - Parameters:
    ///   - runner: Runs the commands.
    ///   - service: Facts that some methods tell.
    ///   - authority: Knows users and tokens; without it only callers whom the transport knows are served.
    ///   - transfers: The transfers of the service; without it methods about them are answered -32052.
    ///   - tasks: The tasks of the service; without it methods about them are answered -32052.
    ///   - observers: Follow each call, in this order.
    ///   - checks: What else must work for the service to be ready; each answers quickly.
    public init(
        runner: any CommandRunner,
        service: ServiceDescription,
        authority: (any Authority)? = nil,
        transfers: Transfers? = nil,
        tasks: Tasks? = nil,
        observers: [any CallObserver] = [],
        checks: [@Sendable () async -> Readiness.Check] = []
    ) {
        self.checks = checks
        self.runner = runner
        self.service = service
        self.authority = authority
        self.transfers = transfers
        self.tasks = tasks
        self.observers = observers
        let document = OpenRPCDocument.make(Method.catalogue, version: service.version)
        openRPCDocument = document.encoded
        var methods: [String: Method] = [:]
        for method in Method.catalogue + [OpenRPCDocument.discover(document)] { methods[method.name] = method }
        self.methods = methods
    }

    /// Answers the body of one request.
    public func respond(to body: [UInt8], context: RequestContext) async -> ResponseBody? {
        let (value, identifiers): (JSONValue, [[UInt8]?])
        do {
            (value, identifiers) = try JSONParser.parseRequests(body)
        } catch {
            return await refuse(
                RPCError(.parseError, "parse_error", "the body is not a JSON text: \(error)"), context)
        }
        guard case .array(let members) = value else {
            return await answer(value, identifier: identifiers.first ?? nil, context)
        }
        if members.isEmpty {
            return await refuse(
                RPCError(.invalidRequest, "invalid_request", "a batch has at least one request"), context)
        }
        if members.count > Self.batchLimit {
            return await refuse(
                RPCError(
                    .invalidRequest, "batch_too_large",
                    "a batch has at most \(Self.batchLimit) requests, this one has \(members.count); split it"),
                context)
        }
        return await answerBatch(members, identifiers, context)
    }

    /// The JSON text of an error that the transport answers by itself, with `id` null.
    public static func refusal(_ error: RPCError, requestID: String) -> [UInt8] {
        answerText(member: "error", error.json(requestID: requestID), Request.null)
    }

    /// Lists the pools, at most once a second.
    public func readiness() async -> Readiness {
        let known = lastReadiness.withLock { $0 }
        if let known, .now - known.instant < Self.readinessAge { return known.readiness }
        var others: [Readiness.Check] = []
        for check in checks { others.append(await check()) }
        let zfs = await Readiness.check(runner)
        let readiness = Readiness(checks: zfs.checks + others, poolCount: zfs.poolCount)
        lastReadiness.withLock { $0 = (.now, readiness) }
        return readiness
    }

    /// Answers a body that holds no requests at all.
    private func refuse(_ error: RPCError, _ context: RequestContext) async -> ResponseBody {
        let call = ObservedCall(nil, of: nil, by: context.caller, context)
        let answer = call.caller.refusal ?? error
        await didRun(call, answer)
        return errorBody(answer, Request.null, context)
    }

    private func answerBatch(
        _ members: [JSONValue],
        _ identifiers: [[UInt8]?],
        _ context: RequestContext
    ) async -> ResponseBody? {
        // A batch is one JSON text, so its members can not come as lines.
        let context = RequestContext(requestID: context.requestID, caller: context.caller, peer: context.peer)
        let answers = await withTaskGroup(of: (Int, ResponseBody?).self) { group in
            for (index, member) in members.enumerated() {
                group.addTask { (index, await self.answer(member, identifier: identifiers[index], context)) }
            }
            var answers = [ResponseBody?](repeating: nil, count: members.count)
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
        if answers.allSatisfy({ $0.status == 401 }) { body.setStatus(401) }
        return body
    }

    /// Answers one member of a batch, or the only one.
    private func answer(_ value: JSONValue, identifier: [UInt8]?, _ context: RequestContext) async -> ResponseBody? {
        let caller = await self.caller(of: value, context)
        switch Request.parse(value, identifier: identifier) {
        case .invalid(let error, let identifier):
            let call = ObservedCall(nil, of: nil, by: caller, context)
            let answer = caller.refusal ?? error
            await didRun(call, answer)
            return errorBody(answer, identifier, context)
        case .request(let request):
            let method = methods[request.method]
            let call = ObservedCall(observers.isEmpty ? nil : request, of: method, by: caller, context)
            do {
                let answer = try await run(request, method, call, context)
                await didRun(call, nil)
                return request.identifier.map { resultBody(answer, $0) }
            } catch {
                await didRun(call, error)
                return request.identifier.map { errorBody(error, $0, context) }
            }
        }
    }

    /// Who calls: whom the transport knows, else whoever the token among the parameters stands for.
    private func caller(of value: JSONValue, _ context: RequestContext) async -> Caller {
        guard case .nobody = context.caller, let authority, let token = Request.token(in: value) else {
            return context.caller
        }
        guard case .string(let text) = token else {
            return .nobody(RPCError(.credentialsRefused, "token_invalid", "the token is not a string"))
        }
        do {
            return .principal(try await authority.principal(bearing: text))
        } catch {
            return .nobody(error)
        }
    }

    /// Runs a call if its caller may make it: who it is, the role, the parameters, what they reach, the observers.
    private func run(
        _ request: Request,
        _ method: Method?,
        _ observed: ObservedCall,
        _ context: RequestContext
    ) async throws(RPCError) -> Method.Answer {
        if let refusal = observed.caller.refusal {
            let isOpenToNobody = method.map { $0.role == nil } ?? false
            guard isOpenToNobody, request.identifier != nil else { throw refusal }
        }
        guard let method else {
            throw RPCError(
                .methodNotFound, "method_not_found",
                "there is no method \"\(request.method.prefix(100))\"; rpc.discover lists them all")
        }
        let principal = observed.caller.principal
        try principal?.check(method)
        let prepared = try method.prepare(request.arguments(for: method))
        try principal?.check(prepared.reach, of: method)
        if method.isWrite, principal != nil {
            for observer in observers { try await observer.willRun(observed.record) }
        }
        let call = Call(
            runner: runner, service: service, context: context, principal: principal, authority: authority,
            transfers: transfers, tasks: tasks)
        do {
            return try await prepared.run(call)
        } catch {
            throw RPCError(of: error, failureCode: method.failureCode)
        }
    }

    private func didRun(_ call: ObservedCall, _ error: RPCError?) async {
        for observer in observers {
            await observer.didRun(call.record, error: error, duration: call.start.duration(to: .now))
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
        var body = ResponseBody(Self.answerText(member: "error", error.json(requestID: context.requestID), identifier))
        body.setStatus(error.httpStatus, retryAfter: error.retryAfter)
        return body
    }

    private static func answerText(member: String, _ value: JSONValue, _ identifier: [UInt8]) -> [UInt8] {
        var bytes = Array(#"{"jsonrpc":"2.0","id":"#.utf8) + identifier + Array(#","\#(member)":"#.utf8)
        value.encode(to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
