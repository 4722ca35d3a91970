internal import Synchronization

/// Hands pieces between the thread of a pump and the task that calls a closure for them, one at a time.
///
/// ## Concurrency
/// The pump's thread asks and takes the reply; one task serves. The mutex is never held while somebody is woken.
final class Exchange: Sendable {
    /// What came of a request.
    enum Reply {
        /// The piece was taken.
        case done
        /// Here is a piece.
        case piece(ArraySlice<UInt8>)
        /// There is no more.
        case end
        /// The closure threw.
        case failed(any Error)
    }

    private struct State {
        var request: ArraySlice<UInt8>?
        var reply: Reply?
        var isClosed = false
    }

    private let state = Mutex(State())
    private let mailbox = Mailbox()
    private let signal: PumpSignal

    init(_ signal: PumpSignal) {
        self.signal = signal
    }

    /// Asks the task to take a piece, or with an empty one to give the next.
    func ask(_ piece: ArraySlice<UInt8>) {
        state.withLock { $0.request = piece }
        mailbox.post(.granted)
    }

    /// The reply, once there is one; the pump is woken for it.
    func takeReply() -> Reply? {
        state.withLock { state in
            defer { state.reply = nil }
            return state.reply
        }
    }

    /// Ends `serve` after the call that it is in.
    func close() {
        state.withLock { $0.isClosed = true }
        mailbox.post(.refused)
    }

    /// Answers requests until `close`.
    func serve(_ answer: (ArraySlice<UInt8>) async throws -> Reply) async {
        while true {
            let (request, isClosed) = state.withLock { state in
                defer { state.request = nil }
                return (state.request, state.isClosed)
            }
            if isClosed { return }
            guard let request else {
                _ = await mailbox.next()
                continue
            }
            let reply: Reply
            do {
                reply = try await answer(request)
            } catch {
                reply = .failed(error)
            }
            state.withLock { $0.reply = reply }
            signal.wake()
        }
    }
}
