/// Which stream a connection carries; the connection's guard is told by an outbound event of this type.
///
/// A stream has no deadlines of requests: who moves its bytes sees that they move. While one is sent the guard only looks for
/// the end of the client, for which it closes the connection: nothing can be asked within a stream.
enum StreamPhase: Sendable {
    /// None.
    case none
    /// One goes to the client, perhaps beside the channel.
    case sending
    /// One comes from the client, as the body of its request.
    case receiving
}
