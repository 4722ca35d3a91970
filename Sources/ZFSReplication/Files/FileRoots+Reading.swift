public import AsyncZFSExecutor
internal import Synchronization
public import ZFSCommandBuilder

/// A file that a stream was read from.
public struct ReadFile: Sendable, Hashable {
    /// What was received.
    public let outcome: ReceiveOutcome
    /// How the file is compressed.
    public let compression: FileCompression
}

extension FileRoots {
    /// Reads a stream from a file; its first bytes tell whether it is compressed.
    ///
    /// The last bytes of a compressed file go to the receiver only when all of it was found whole: before that, no
    /// receive is complete.
    /// - Parameters:
    ///   - path: The file.
    ///   - receive: Takes the stream from the source.
    /// - Throws: `FileRefusal`, and what `receive` throws.
    public func read(
        _ path: AbsolutePath, _ receive: @escaping @Sendable (StreamSource) async throws -> ReceiveOutcome
    ) async throws -> ReadFile {
        let (place, tools) = try place(of: path)
        let file = try await onOwnThread { () throws(FileRefusal) in try StoredFile.open(place) }
        guard let (program, arguments) = file.compression.decompressor else {
            return ReadFile(outcome: try await receive(.descriptor(file.descriptor)), compression: .none)
        }
        let channel = PieceChannel()
        let outcome = try await Self.joined(channel) {
            try await receive(.reader { try await channel.take() })
        } and: {
            let end = HeldEnd()
            let pipeline = StreamPipeline(
                [.filter(program: program, arguments: arguments)], from: .descriptor(file.descriptor),
                to: .writer { for piece in end.exchange($0) { try await channel.put(piece) } })
            let result: StreamResult
            do {
                result = try await tools.runner.run(pipeline, control: StreamControl()) { _ in }
            } catch ExecutionError.programNotFound(program, _) {
                throw FileRefusal.programMissing(program)
            }
            guard let termination = result.terminations.first, termination.isSuccess else {
                throw FileRefusal.damaged(
                    path: place.path, message: result.terminations.first?.firstErrorLine ?? "")
            }
            try await channel.put(end.rest)
            channel.end()
        }
        return ReadFile(outcome: outcome, compression: file.compression)
    }
}

/// The last bytes of a stream, held back until it is known to be whole.
final class HeldEnd: Sendable {
    /// The size of the record that ends a stream: `sizeof (dmu_replay_record_t)` in `zfs_ioctl.h`.
    private static let length = 312

    private let held = Mutex<ArraySlice<UInt8>>([])

    /// Takes a piece and gives what comes before the last bytes so far.
    func exchange(_ piece: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        held.withLock { held in
            if piece.count >= Self.length {
                defer { held = ArraySlice(Array(piece.suffix(Self.length))) }
                return [held, piece.dropLast(Self.length)]
            }
            let all = held + piece
            held = ArraySlice(Array(all.suffix(Self.length)))
            return [all.dropLast(Self.length)]
        }
    }

    /// The last bytes.
    var rest: ArraySlice<UInt8> { held.withLock { $0 } }
}
