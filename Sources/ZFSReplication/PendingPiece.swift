internal import Synchronization

/// A piece that was taken out of a stream too early, given once.
final class PendingPiece: Sendable {
    private let piece: Mutex<ArraySlice<UInt8>?>

    /// Keeps a piece; an empty one is nothing, since only the end is.
    init(_ bytes: [UInt8]) {
        piece = Mutex(bytes.isEmpty ? nil : bytes[...])
    }

    /// The piece, the first time.
    func take() -> ArraySlice<UInt8>? {
        piece.withLock { piece in
            defer { piece = nil }
            return piece
        }
    }
}
