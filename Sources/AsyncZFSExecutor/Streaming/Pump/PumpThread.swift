internal import CLinux
internal import Synchronization

/// A thread that moves the bytes of one end of a stream.
///
/// ## Concurrency
/// The thread runs the body once; the outcome is there before `.moved` is posted.
final class PumpThread: Sendable {
    /// How it ended.
    enum Outcome: Sendable {
        /// All bytes were moved.
        case ended
        /// The process that reads them is gone.
        case receiverGone
        /// It was told to stop.
        case stopped
        /// It could not go on.
        case failed(any Error)
    }

    /// Calls a system call or two at a time, and a poll: little is needed, and a hundred streams are to need little too.
    private static let stackBytes = 256 << 10

    /// Tells the thread what to do.
    let signal: PumpSignal
    private let mailbox: Mailbox
    private let body: Mutex<(@Sendable () throws -> Outcome)?>
    private let result = Mutex<Outcome?>(nil)

    private init(_ signal: PumpSignal, _ mailbox: Mailbox, _ body: @escaping @Sendable () throws -> Outcome) {
        self.signal = signal
        self.mailbox = mailbox
        self.body = Mutex(body)
    }

    /// How it ended; nil while it runs.
    var outcome: Outcome? { result.withLock { $0 } }

    /// Starts the thread.
    /// - Parameters:
    ///   - signal: What ends it.
    ///   - mailbox: Gets `.moved` when it has ended.
    ///   - body: What it does; what it holds is released before `.moved` is posted.
    static func start(
        _ signal: PumpSignal,
        telling mailbox: Mailbox,
        _ body: @escaping @Sendable () throws -> Outcome
    ) throws(ExecutionError) -> PumpThread {
        let thread = PumpThread(signal, mailbox, body)
        let result = OwnThread.start(stackBytes: stackBytes) { thread.run() }
        guard result == 0 else { throw .system(call: "pthread_create", errno: result) }
        return thread
    }

    private func run() {
        clinux_block_sigpipe()
        clinux_prefer_throughput()
        let outcome = work()
        result.withLock { $0 = outcome }
        mailbox.post(.moved)
    }

    private func work() -> Outcome {
        let body = self.body.withLock { body in
            defer { body = nil }
            return body
        }
        do {
            return try body?() ?? .stopped
        } catch is PumpStopped {
            return .stopped
        } catch {
            return .failed(error)
        }
    }
}
