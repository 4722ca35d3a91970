/// One call as the audit log and the metrics see it.
public struct CallRecord: Sendable {
    /// The method's name; nil when there is no such method.
    public let method: String?
    /// Whether the method changes anything.
    public let isWrite: Bool
    /// Who called; nil when nobody was authenticated.
    public let principal: Principal?
    /// The client's address without port, or `unix`.
    public let peer: String
    /// The identifier of the HTTP request.
    public let requestID: String
    /// The parameters as JSON text, secrets replaced; empty when they were not read.
    public let parameters: [UInt8]

    /// Makes a record.
    public init(
        method: String?, isWrite: Bool, principal: Principal?, peer: String, requestID: String, parameters: [UInt8]
    ) {
        self.method = method
        self.isWrite = isWrite
        self.principal = principal
        self.peer = peer
        self.requestID = requestID
        self.parameters = parameters
    }
}

/// Follows calls: the audit log and the metrics.
public protocol CallObserver: Sendable {
    /// Called before an authorized call runs.
    /// - Throws: `RPCError` to refuse the call, for instance because what must be recorded cannot be.
    func willRun(_ call: CallRecord) async throws(RPCError)

    /// Called after each call, those that were refused included.
    /// - Parameters:
    ///   - call: The call.
    ///   - error: What it was answered with; nil when it succeeded.
    ///   - duration: How long it took.
    func didRun(_ call: CallRecord, error: RPCError?, duration: Duration) async
}
