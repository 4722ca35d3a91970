internal import Synchronization

/// The writing end of the pipe into the first process.
///
/// It is closed when the source has ended, not when it has failed: the end of input would look like the end of the stream.
final class Feed: Sendable {
    /// Its number, as long as it is not closed.
    let number: Int32
    private let descriptor: Mutex<Descriptor?>

    init(_ descriptor: Descriptor) {
        number = descriptor.number
        self.descriptor = Mutex(descriptor)
    }

    /// Lets the process see the end of its input.
    func close() {
        descriptor.withLock { $0 = nil }
    }
}
