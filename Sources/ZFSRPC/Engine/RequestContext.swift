/// What the transport knows about a request.
public struct RequestContext: Sendable {
    /// Names the request in answers and logs.
    public let requestID: String
    /// Whether the client asked for one JSON text a line, where a method can give that.
    public let acceptsNDJSON: Bool

    /// Makes a context.
    public init(requestID: String, acceptsNDJSON: Bool = false) {
        self.requestID = requestID
        self.acceptsNDJSON = acceptsNDJSON
    }
}
