internal import Synchronization

/// How many bytes of a stream were moved so far.
///
/// ## Concurrency
/// The transfer counts on its own thread; anybody may look.
public final class ByteCounter: Sendable {
    private let count = Atomic<Int>(0)

    /// Begins at 0.
    public init() {}

    /// The bytes so far.
    public var bytes: Int { count.load(ordering: .relaxed) }

    func add(_ bytes: Int) { count.add(bytes, ordering: .relaxed) }
}
