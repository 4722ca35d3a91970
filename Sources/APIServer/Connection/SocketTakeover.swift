import AsyncZFSExecutor
import NIOCore

/// Asks for the socket of a connection whose request has a body that nobody has read; an outbound event.
///
/// An event loop reads a body in small pieces, and all of it when the client ends its side. The body of a stream is for
/// `zfs` alone, and the kernel can move it.
struct SocketTakeover: Sendable {
    /// What was taken.
    struct Taken: Sendable {
        let socket: Descriptor
        /// What was read already behind the head of the request.
        let begun: [UInt8]
    }

    /// Gets the socket once everything written before has gone out, and the channel ends; nil when the body must be read
    /// from the channel.
    let promise: EventLoopPromise<Taken?>
}
