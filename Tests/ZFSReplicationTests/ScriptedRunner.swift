import AsyncZFSExecutor
import Synchronization
import ZFSCommandBuilder

/// Answers commands and pipelines from a table, and remembers them.
final class ScriptedRunner: StreamRunner {
    /// How a pipeline goes.
    struct Stream: Sendable {
        var termination = Termination(status: .exited(0))
        /// Thrown instead of a result.
        var error: (any Error)?
        /// Given to the sink.
        var bytes: [UInt8] = []
    }

    private let answer: @Sendable (_ line: String, _ count: Int) -> Completion
    private let stream: Stream
    private let log = Mutex<[String]>([])
    private let taken = Mutex<[UInt8]>([])

    /// - Parameters:
    ///   - stream: How each pipeline goes.
    ///   - answer: The answer to a command line, and how often that line was asked before.
    init(_ stream: Stream = Stream(), _ answer: @escaping @Sendable (_ line: String, _ count: Int) -> Completion) {
        self.stream = stream
        self.answer = answer
    }

    /// Everything that was run, in order; a pipeline starts with `|`.
    var lines: [String] { log.withLock { $0 } }
    /// The pipelines alone.
    var streams: [String] { lines.filter { $0.hasPrefix("| ") }.map { String($0.dropFirst(2)) } }
    /// What was read from the source.
    var received: [UInt8] { taken.withLock { $0 } }

    func collect(_ invocation: Invocation) async throws -> Completion {
        let line = ([invocation.program.rawValue] + invocation.arguments).joined(separator: " ")
        let count = log.withLock { log in
            defer { log.append(line) }
            return log.count { $0 == line }
        }
        return answer(line, count)
    }

    func stream(_ invocation: Invocation, _ body: (ArraySlice<UInt8>) async throws -> Void) async throws -> Termination
    {
        let completion = try await collect(invocation)
        try await body(completion.output[...])
        return completion.termination
    }

    func run(
        _ pipeline: StreamPipeline,
        control: StreamControl,
        onStart: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> StreamResult {
        let words = pipeline.stages.map { stage in
            switch stage {
            case .command(let invocation): ([invocation.program.rawValue] + invocation.arguments).joined(separator: " ")
            case .filter(let program, let arguments): ([program] + arguments).joined(separator: " ")
            }
        }
        log.withLock { $0.append("| " + words.joined(separator: " | ")) }
        if pipeline.source != nil || !stream.bytes.isEmpty { try await onStart(stream.bytes) }
        if case .reader(let read) = pipeline.source {
            while let piece = try await read() { taken.withLock { $0 += piece } }
        }
        if case .writer(let write) = pipeline.sink, !stream.bytes.isEmpty { try await write(stream.bytes[...]) }
        if let error = stream.error { throw error }
        return StreamResult(terminations: [stream.termination])
    }
}

extension Completion {
    /// A run that ended well.
    static func printing(_ text: String) -> Completion {
        Completion(output: Array(text.utf8), termination: Termination(status: .exited(0)))
    }

    /// A run that failed.
    static func failing(_ text: String, status: Int32 = 1, output: String = "") -> Completion {
        Completion(
            output: Array(output.utf8),
            termination: Termination(status: .exited(status), standardError: Array(text.utf8)))
    }
}

/// What was called, by closures that run elsewhere.
final class Record<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    var all: [Value] { values.withLock { $0 } }
    func add(_ value: Value) { values.withLock { $0.append(value) } }
}
