/// What the transport knows about a request.
public struct RequestContext: Sendable {
    /// Names the request in answers and logs.
    public let requestID: String
    /// Who calls, as far as the transport can tell; a token among the parameters can still stand for somebody.
    public let caller: Caller
    /// The client's address without port, `unix` on a Unix socket, `local` within the process.
    public let peer: String
    /// Whether the client asked for one JSON text a line, where a method can give that.
    public let acceptsNDJSON: Bool

    /// Makes a context.
    ///
    /// Who calls has no default, so that nobody is let in by oversight.
    public init(requestID: String, caller: Caller, peer: String = "local", acceptsNDJSON: Bool = false) {
        self.requestID = requestID
        self.caller = caller
        self.peer = peer
        self.acceptsNDJSON = acceptsNDJSON
    }
}
