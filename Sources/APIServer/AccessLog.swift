/// Gets one entry for each request that was answered.
public protocol AccessLog: Sendable {
    /// Keeps an entry. Called from the connection's task when its answer is on the way, so it must neither block nor be slow.
    func record(_ entry: AccessEntry)
}

/// What is known of an answered request.
///
/// Every text in it is ours or was checked: a client cannot put anything else into a log through it.
public struct AccessEntry: Sendable {
    /// The method of RFC 9110, `other` for any the server does not know.
    public let method: String
    /// The path, `other` for any the server does not know.
    public let path: String
    /// The status code.
    public let status: Int
    /// From the end of the request's header to the end of the answer, in microseconds.
    public let microseconds: Int
    /// The bytes of the answer's body.
    public let bytes: Int
    /// The client's address and port, for example `127.0.0.1:40112`.
    public let peer: String
    /// The identifier in the answer's `X-Request-Id`.
    public let requestID: String
    /// The 32 digits of a valid `traceparent`.
    public let traceID: String?
}
