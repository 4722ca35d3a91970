@testable import ZFSRPC

/// Answers each body of somebody it knows with what a closure makes of it.
struct StubResponder: RPCResponder {
    var isReady = true
    var beforeReadiness: @Sendable () async -> Void = {}
    var respondTo: @Sendable ([UInt8]) async -> ResponseBody? = { ResponseBody($0) }

    func respond(to body: [UInt8], context: RequestContext) async -> ResponseBody? {
        guard let refusal = context.caller.refusal else { return await respondTo(body) }
        var answer = ResponseBody(RPCServer.refusal(refusal, requestID: context.requestID))
        answer.setStatus(refusal.httpStatus)
        return answer
    }

    func readiness() async -> Readiness {
        await beforeReadiness()
        let check = Readiness.Check(name: "zfs", isOK: isReady, detail: "say \"zfs\"")
        return Readiness(checks: [check], poolCount: 2)
    }

    var openRPCDocument: [UInt8] { Array(#"{"openrpc":"1.3.2"}"#.utf8) }
}
