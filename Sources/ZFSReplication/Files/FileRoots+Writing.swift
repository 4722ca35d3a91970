public import AsyncZFSExecutor
internal import Synchronization
public import ZFSCommandBuilder

/// A file that a stream was written to.
public struct WrittenFile: Sendable, Hashable {
    /// The bytes of the file.
    public let bytes: UInt64
    /// The bytes of the stream, before compression.
    public let streamBytes: UInt64
    /// The digest of the file.
    public let digest: [UInt8]
    /// How long it took, until the file was on disk.
    public let duration: Duration
}

extension FileRoots {
    /// Writes a stream to a new file, which appears when it is whole and on disk.
    /// - Parameters:
    ///   - path: The file; its folder is there, and it is not.
    ///   - compression: How its bytes are compressed.
    ///   - send: Gives the stream to the sink.
    /// - Throws: `FileRefusal`, and what `send` throws; there is no file then.
    public func write(
        _ path: AbsolutePath, _ compression: FileCompression,
        _ send: @escaping @Sendable (StreamSink) async throws -> SendOutcome
    ) async throws -> WrittenFile {
        let start = ContinuousClock.now
        let (place, tools) = try place(of: path)
        let file = try await onOwnThread { () throws(FileRefusal) in try NewFile.create(place) }
        do {
            let content = FileContent(file, path: place.path, try tools.digest())
            let outcome: SendOutcome
            if compression == .none {
                outcome = try await send(.writer { try await content.append($0) })
            } else {
                outcome = try await Self.compress(compression, tools.runner, into: content, send)
            }
            let digest = try content.finish()
            try await onOwnThread { () throws(FileRefusal) in try file.commit() }
            return WrittenFile(
                bytes: content.bytes, streamBytes: outcome.bytes, digest: digest, duration: start.duration(to: .now))
        } catch {
            await Self.discard(file)
            throw error
        }
    }

    private static func discard(_ file: NewFile) async {
        try? await onOwnThread { () throws(FileRefusal) in file.discard() }
    }

    /// Sends through a program that compresses.
    private static func compress(
        _ compression: FileCompression, _ runner: any StreamRunner, into content: FileContent,
        _ send: @escaping @Sendable (StreamSink) async throws -> SendOutcome
    ) async throws -> SendOutcome {
        let channel = PieceChannel()
        return try await joined(channel) {
            let outcome = try await send(.writer { try await channel.put($0) })
            channel.end()
            return outcome
        } and: {
            try await runFirst(of: compression.compressors) { program, arguments in
                let pipeline = StreamPipeline(
                    [.filter(program: program, arguments: arguments)], from: .reader { try await channel.take() },
                    to: .writer { try await content.append($0) })
                let result = try await runner.run(pipeline, control: StreamControl()) { _ in }
                guard let end = result.terminations.first, end.isSuccess else {
                    throw FileRefusal.compressionFailed(
                        program: program, message: result.terminations.first?.firstErrorLine ?? "")
                }
            }
        }
    }

    /// Tries programs until one is installed; a program that is not there has read nothing.
    private static func runFirst(
        of programs: [(program: String, arguments: [String])],
        _ body: (_ program: String, _ arguments: [String]) async throws -> Void
    ) async throws {
        for (index, (program, arguments)) in programs.enumerated() {
            do {
                return try await body(program, arguments)
            } catch ExecutionError.programNotFound(program, _) {
                if index == programs.count - 1 { throw FileRefusal.programMissing(program) }
            }
        }
    }

    /// Runs both ends of a channel; when one fails the other one ends with the same error.
    static func joined<Value: Sendable>(
        _ channel: PieceChannel,
        _ main: @escaping @Sendable () async throws -> Value,
        and filter: @escaping @Sendable () async throws -> Void
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                do { return try await main() } catch {
                    channel.end(error)
                    throw error
                }
            }
            group.addTask {
                do { try await filter() } catch {
                    channel.end(error)
                    throw error
                }
                return nil
            }
            var value: Value?
            while let ended = try await group.next() { value = ended ?? value }
            guard let value else { throw CancellationError() }
            return value
        }
    }
}

extension Termination {
    /// What a program said first, cut to 256 bytes; how it ended where it said nothing.
    var firstErrorLine: String {
        let lines = standardError.split(separator: 0x0A).filter { !$0.isEmpty }
        if let line = lines.first { return printable(line.prefix(256)) }
        switch status {
        case .exited(let status): return "it ended with status \(status)"
        case .signalled(let signal): return "signal \(signal) ended it"
        }
    }
}

/// The bytes of a new file on their way to disk, counted and digested.
private final class FileContent: Sendable {
    private let file: NewFile
    private let path: String
    private let digest: StreamDigest
    private let count = Atomic<UInt64>(0)

    init(_ file: NewFile, path: String, _ digest: StreamDigest) {
        self.file = file
        self.path = path
        self.digest = digest
    }

    var bytes: UInt64 { count.load(ordering: .relaxed) }

    func append(_ piece: ArraySlice<UInt8>) async throws {
        try await onOwnThread { [file, digest, path] () throws(FileRefusal) in
            try file.write(piece)
            do { try digest.add(piece) } catch { throw .system(call: "digest", path: path, errno: 0) }
        }
        count.add(UInt64(piece.count), ordering: .relaxed)
    }

    func finish() throws -> [UInt8] { try digest.finish() }
}
