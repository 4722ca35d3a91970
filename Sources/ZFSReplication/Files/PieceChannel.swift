internal import Synchronization

/// Hands pieces of a stream from one pipeline to another, at most one on the way.
///
/// ## Concurrency
/// One task puts, another one takes; anyone may end it. The mutex is never held while a continuation is resumed.
final class PieceChannel: Sendable {
    private typealias Putter = CheckedContinuation<Void, any Error>
    private typealias Taker = CheckedContinuation<ArraySlice<UInt8>?, any Error>

    private struct State {
        var piece: ArraySlice<UInt8>?
        var end: Result<Void, any Error>?
        var putter: Putter?
        var taker: Taker?

        /// What a task that takes gets at once, nil when it waits, and who can put again.
        mutating func take(_ waiting: Taker) -> (outcome: Result<ArraySlice<UInt8>?, any Error>?, putter: Putter?) {
            if case .failure(let error) = end { return (.failure(error), nil) }
            if let piece {
                defer { (self.piece, putter) = (nil, nil) }
                return (.success(piece), putter)
            }
            if end != nil { return (.success(nil), nil) }
            taker = waiting
            return (nil, nil)
        }
    }

    private let state = Mutex(State())

    /// Hands a piece over; waits while the one before it is not taken.
    /// - Throws: The error that ended the channel.
    func put(_ piece: ArraySlice<UInt8>) async throws {
        if piece.isEmpty { return }
        try await withTaskCancellationHandler {
            try await waitForRoom()
            let taker = state.withLock { state -> Taker? in
                guard let taker = state.taker else {
                    state.piece = piece
                    return nil
                }
                state.taker = nil
                return taker
            }
            taker?.resume(returning: piece)
        } onCancel: {
            end(CancellationError())
        }
    }

    private func waitForRoom() async throws {
        try await withCheckedThrowingContinuation { (continuation: Putter) in
            let outcome = state.withLock { state -> Result<Void, any Error>? in
                if let end = state.end { return end }
                guard state.piece != nil else { return .success(()) }
                state.putter = continuation
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }

    /// The next piece, nil at the end.
    /// - Throws: The error that ended the channel.
    func take() async throws -> ArraySlice<UInt8>? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: Taker) in
                let step = state.withLock { $0.take(continuation) }
                step.putter?.resume()
                if let outcome = step.outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            end(CancellationError())
        }
    }

    /// Ends the channel, once; the piece on the way still arrives unless there is an error.
    func end(_ error: (any Error)? = nil) {
        let (putter, taker, result) = state.withLock { state in
            if state.end == nil { state.end = error.map { .failure($0) } ?? .success(()) }
            defer { (state.putter, state.taker) = (nil, nil) }
            return (state.putter, state.taker, state.end)
        }
        if case .failure(let error) = result {
            putter?.resume(throwing: error)
            taker?.resume(throwing: error)
        } else {
            putter?.resume()
            taker?.resume(returning: nil)
        }
    }
}
