internal import CLinux
internal import Glibc
internal import Synchronization

/// What a stream's task tells a thread that moves its bytes.
///
/// ## Concurrency
/// Any thread may tell; the pump's own thread alone reads the descriptor.
final class PumpSignal: Sendable {
    /// Becomes readable when something was told.
    private let descriptor: Descriptor
    private let stopped = Atomic<Bool>(false)
    private let draining = Atomic<Bool>(false)

    init() throws(ExecutionError) {
        let number = clinux_eventfd()
        guard number >= 0 else { throw .system(call: "eventfd", errno: errno) }
        descriptor = Descriptor(owning: number)
    }

    /// For poll(2).
    var number: Int32 { descriptor.number }
    /// Whether the thread shall end at once.
    var isStopped: Bool { stopped.load(ordering: .acquiring) }
    /// Whether the thread shall end once it has moved what is there.
    var isDraining: Bool { draining.load(ordering: .acquiring) }

    /// Ends the thread at once.
    func stop() {
        stopped.store(true, ordering: .releasing)
        wake()
    }

    /// Ends the thread once it has moved what is there: nobody who counts writes any more.
    func drain() {
        draining.store(true, ordering: .releasing)
        wake()
    }

    /// Ends the thread's present wait.
    func wake() {
        var one: UInt64 = 1
        _ = unsafe Glibc.write(number, &one, 8)
    }

    /// Makes the descriptor silent again.
    func consume() {
        var value: UInt64 = 0
        _ = unsafe Glibc.read(number, &value, 8)
    }
}

/// The thread was told to stop.
struct PumpStopped: Error {}
