import HummingbirdCore
import NIOCore
import NIOHTTP1

/// One accepted connection, as the task that serves it gets it.
struct AcceptedConnection: ServerChildChannelValue {
    /// The parts of a connection that is served.
    struct Conversation: Sendable {
        let parts: AcceptedParts<HTTPServerRequestPart, HTTPServerResponsePart>
        let peer: Peer
        let admitted: AdmittedConnection
        /// Ends when TLS stands, with the client's certificate; nil on a plain connection.
        let handshake: EventLoopFuture<PeerCertificate?>?
    }

    let channel: any Channel
    /// Nil for a connection that was refused and is closed already.
    let conversation: Conversation?
}
