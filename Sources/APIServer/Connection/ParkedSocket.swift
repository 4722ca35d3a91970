import AsyncZFSExecutor
import CLinux
import Synchronization

/// The socket of a parked connection, until it gets a channel again.
final class ParkedSocket: Sendable {
    /// Its number, as long as it was not released.
    let number: Int32
    private let descriptor: Mutex<Descriptor?>

    init(_ descriptor: Descriptor) {
        number = descriptor.number
        self.descriptor = Mutex(descriptor)
    }

    /// Another descriptor of the socket, for somebody else to close, in place of this one; -1 when there is no more.
    func release() -> Int32 {
        descriptor.withLock { descriptor in
            defer { descriptor = nil }
            return descriptor.map { clinux_duplicate_cloexec($0.number) } ?? -1
        }
    }
}
