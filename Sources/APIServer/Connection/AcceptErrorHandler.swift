import Logging
import NIOCore

/// Keeps the listener alive when a connection cannot be accepted.
///
/// accept(2) fails with EMFILE, ENFILE, ENOBUFS or ENOMEM while the process or the machine has nothing left, and with
/// ECONNABORTED when the client gave up. Passed on, such an error would end the listener for good. Here it makes a
/// pause, which also keeps the loop from spinning, for the connection stays ready in the kernel's queue.
final class AcceptErrorHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    private static let pause = TimeAmount.milliseconds(200)

    private let logger: Logger
    private var isPausing = false
    private var wantsRead = false

    init(logger: Logger) {
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is IOError else {
            logger.debug("A connection could not be set up", metadata: ["error": "\(error)"])
            return
        }
        guard !isPausing else { return }
        logger.warning("A connection could not be accepted; trying again soon", metadata: ["error": "\(error)"])
        isPausing = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in
            isPausing = false
            guard wantsRead else { return }
            wantsRead = false
            context.read()
        }
    }

    func read(context: ChannelHandlerContext) {
        if isPausing {
            wantsRead = true
        } else {
            context.read()
        }
    }
}

@available(*, unavailable)
extension AcceptErrorHandler: Sendable {}
