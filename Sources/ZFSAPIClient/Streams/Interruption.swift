internal import CLinux
internal import Glibc
internal import Synchronization

/// Ends what waits on another thread.
///
/// ## Concurrency
/// `interrupt` may be called from anywhere, at any time; the descriptor lives as long as the object.
final class Interruption: Sendable {
    /// Can be read once it was interrupted.
    let descriptor: Int32
    private let flag = Atomic<Bool>(false)

    init() throws(ClientError) {
        descriptor = clinux_eventfd()
        guard descriptor >= 0 else {
            throw ClientError(.internalError, "eventfd: \(SystemMessage.last)", reason: "system_error")
        }
    }

    deinit { close(descriptor) }

    var happened: Bool { flag.load(ordering: .relaxed) }

    func interrupt() {
        flag.store(true, ordering: .relaxed)
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, 8)
    }
}
