@testable import ZFSRPC

/// Answers each body with what a closure makes of it.
struct StubResponder: RPCResponder {
    var isReady = true
    var respondTo: @Sendable ([UInt8]) async -> ResponseBody? = { ResponseBody($0) }

    func respond(to body: [UInt8], context: RequestContext) async -> ResponseBody? {
        await respondTo(body)
    }

    func readiness() async -> Readiness {
        let check = Readiness.Check(name: "zfs", isOK: isReady, detail: "say \"zfs\"")
        return Readiness(checks: [check], poolCount: 2)
    }

    var openRPCDocument: [UInt8] { Array(#"{"openrpc":"1.3.2"}"#.utf8) }
}
