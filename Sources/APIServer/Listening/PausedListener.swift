internal import NIOCore
internal import Synchronization

/// A listener that may have to wait until connections end.
///
/// ## Concurrency model
/// It is resumed from the event loop of whichever connection ended; a mutex guards the channel.
final class PausedListener: Sendable {
    /// How many connections one look at the sockets accepts at most.
    ///
    /// While others keep the event loop busy it looks rarely, and a crowd must not stand before a new connection for long.
    private static let crowd = 16

    private struct State {
        var channel: (any Channel)?
        var isResumed = false
    }

    private let state = Mutex(State())

    /// Names the channel, once it listens.
    func start(_ channel: any Channel) {
        let isLate = state.withLock { state in
            state.channel = channel
            return state.isResumed
        }
        if isLate { Self.read(channel) }
    }

    /// Lets it ask again whether it may accept.
    func resume() {
        let channel = state.withLock { state in
            state.isResumed = true
            return state.channel
        }
        if let channel { Self.read(channel) }
    }

    /// Bounds what the next read accepts; must be called on the channel's event loop.
    func acceptAtMost(_ room: Int) {
        guard let channel = state.withLock({ $0.channel }) else { return }
        try? channel.syncOptions?.setOption(.maxMessagesPerRead, value: UInt(min(room, Self.crowd)))
    }

    /// Later, because the handler that asks for room may be the one that told of the connection's end.
    private static func read(_ channel: any Channel) {
        channel.eventLoop.execute { channel.read() }
    }
}
