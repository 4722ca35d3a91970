/// By which way a transfer goes, and for whom.
public struct TransferRoute: Sendable {
    /// By which way.
    public let transport: TransferTransport
    /// The client's address without port, or `unix`.
    public let peer: String
    /// The identifier of the request or connection, in logs and answers.
    public let id: String

    /// Makes a route.
    public init(_ transport: TransferTransport, peer: String, id: String) {
        self.transport = transport
        self.peer = peer
        self.id = id
    }
}
