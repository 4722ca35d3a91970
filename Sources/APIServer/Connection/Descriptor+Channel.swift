import AsyncZFSExecutor
import NIOCore
import NIOPosix

extension Descriptor {
    /// A second descriptor of a channel's socket; nil when it is closed, or when there are no more descriptors.
    ///
    /// Must be called on the channel's event loop.
    static func duplicate(of channel: any Channel) -> Descriptor? {
        let copy = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            duplicate(of: $0)
        }
        return copy.flatMap { $0 }.flatMap { $0 }
    }
}
