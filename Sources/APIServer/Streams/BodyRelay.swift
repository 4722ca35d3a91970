import Synchronization

/// Hands the body of a request from the connection's task to the transfer, one piece at a time.
///
/// ## Concurrency
/// One task gives, one takes; a mutex guards the piece between them. Nothing is read from the client while a piece waits here.
final class BodyRelay: Sendable {
    private enum End {
        /// The body was whole.
        case whole
        /// It broke off.
        case cut
        /// Nobody takes any more.
        case closed
    }

    private struct State {
        var piece: ArraySlice<UInt8>?
        var end: End?
        var giver: CheckedContinuation<Void, Never>?
        var taker: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Whether the body broke off.
    var isCut: Bool { state.withLock { $0.end == .cut } }

    /// Gives a piece, and waits while there is one already; it is dropped when nobody takes any more.
    func give(_ piece: ArraySlice<UInt8>) async {
        while !offer(piece) {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.piece != nil, state.end == nil else { return false }
                    state.giver = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        }
    }

    /// The body is whole.
    func end() { stop(.whole) }

    /// The body broke off, so what came of it is not the stream.
    func cut() { stop(.cut) }

    /// Nobody takes any more.
    func close() { stop(.closed) }

    /// Takes the next piece, nil at the end of a whole body.
    /// - Throws: `CancellationError` when the body broke off, or the task is cancelled.
    func next() async throws -> ArraySlice<UInt8>? {
        while true {
            if let taken = try take() { return taken }
            if state.withLock({ $0.end == .whole && $0.piece == nil }) { return nil }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let waits = state.withLock { state in
                        guard state.piece == nil, state.end == nil else { return false }
                        state.taker = continuation
                        return true
                    }
                    if !waits { continuation.resume() }
                }
            } onCancel: {
                close()
            }
        }
    }

    private func offer(_ piece: ArraySlice<UInt8>) -> Bool {
        let (isDone, taker) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            if state.end != nil { return (true, nil) }
            guard state.piece == nil else { return (false, nil) }
            state.piece = piece
            defer { state.taker = nil }
            return (true, state.taker)
        }
        taker?.resume()
        return isDone
    }

    private func take() throws -> ArraySlice<UInt8>? {
        let (piece, giver, isOver) = state.withLock { state in
            defer {
                state.piece = nil
                state.giver = nil
            }
            return (state.piece, state.giver, state.end == .cut || state.end == .closed)
        }
        giver?.resume()
        // What came before a cut is no use: the rest of it will not come.
        if isOver { throw CancellationError() }
        return piece
    }

    private func stop(_ end: End) {
        let waiting = state.withLock { state in
            if state.end == nil || state.end == .whole && end == .closed { state.end = end }
            defer {
                state.giver = nil
                state.taker = nil
            }
            return [state.giver, state.taker]
        }
        for continuation in waiting { continuation?.resume() }
    }
}
