/// What a transport needs of the RPC service.
public protocol RPCResponder: Sendable {
    /// Answers the body of one request.
    /// - Returns: nil when there were only notifications: nothing is to be said (HTTP 204).
    func respond(to body: [UInt8], context: RequestContext) async -> ResponseBody?

    /// Whether the service can do its work now.
    func readiness() async -> Readiness

    /// The OpenRPC document, as JSON text.
    var openRPCDocument: [UInt8] { get }
}
