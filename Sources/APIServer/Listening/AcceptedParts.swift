import NIOCore
import Synchronization

/// The parts that an accepted connection sends and takes; closed when nobody serves them.
///
/// A listener that is closed drops what it accepted last, and `NIOAsyncChannel` ends the process when it is dropped without
/// having been used.
final class AcceptedParts<Inbound: Sendable, Outbound: Sendable>: Sendable {
    private let channel: NIOAsyncChannel<Inbound, Outbound>
    private let isServed = Atomic(false)

    init(_ channel: NIOAsyncChannel<Inbound, Outbound>) {
        self.channel = channel
    }

    deinit {
        guard !isServed.load(ordering: .relaxed) else { return }
        Task { [channel] in try await channel.executeThenClose { _, _ in } }
    }

    /// For the one task that serves them, which must execute and close them.
    func serve() -> NIOAsyncChannel<Inbound, Outbound> {
        isServed.store(true, ordering: .relaxed)
        return channel
    }
}
