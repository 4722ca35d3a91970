import Glibc
import Logging
import NIOCore

/// Keeps the listener alive when a connection cannot be accepted.
///
/// accept(2) fails with EMFILE, ENFILE, ENOBUFS or ENOMEM while the process or the machine has nothing left, and with
/// ECONNABORTED when the client gave up. Passed on, such an error would end the listener for good. Here the first kind
/// makes a pause, because the connection stays ready in the kernel's queue and the loop would spin on it.
///
/// ## Concurrency model
/// Everything here happens on the listener's event loop.
final class AcceptErrorHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private static let pause = TimeAmount.milliseconds(200)
    /// A shortage is told of this often, so that it cannot flood the log.
    private static let reportInterval = TimeAmount.seconds(10)

    private let logger: Logger
    private var isPausing = false
    private var nextReport = NIODeadline.distantPast

    init(logger: Logger) {
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let code = (error as? IOError)?.errnoCode, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) else {
            logger.debug("A connection could not be accepted", metadata: ["error": "\(error)"])
            return
        }
        guard !isPausing else { return }
        isPausing = true
        let now = NIODeadline.now()
        if now >= nextReport {
            nextReport = now + Self.reportInterval
            logger.warning("A connection could not be accepted; trying again soon", metadata: ["error": "\(error)"])
        }
        let channel = context.channel
        // The pending read is only taken back by this option; without it the loop would be woken again at once.
        try? channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in
            isPausing = false
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}

@available(*, unavailable)
extension AcceptErrorHandler: Sendable {}
