import AsyncZFSExecutor
import Synchronization
import ZFSCommandBuilder

/// Answers commands from a table and remembers them.
final class StubRunner: StreamRunner {
    private let answer: @Sendable ([String]) -> Completion
    private let log = Mutex<[[String]]>([])

    /// - Parameter answer: Gets the program's name and the arguments.
    init(_ answer: @escaping @Sendable ([String]) -> Completion) {
        self.answer = answer
    }

    /// Every command runs well and prints nothing.
    convenience init() {
        self.init { _ in .printing("") }
    }

    /// The commands so far, each with its program's name first.
    var commands: [[String]] { log.withLock { $0 } }

    func collect(_ invocation: Invocation) async throws -> Completion {
        let words = [invocation.program.rawValue] + invocation.arguments
        log.withLock { $0.append(words) }
        return answer(words)
    }

    func stream(
        _ invocation: Invocation,
        _ body: (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> Termination {
        let completion = try await collect(invocation)
        try await body(completion.output[...])
        return completion.termination
    }

    /// No byte moves here.
    func run(
        _ pipeline: StreamPipeline, control: StreamControl, onStart: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> StreamResult {
        throw StreamError.tooMany(limit: 0)
    }
}

extension Completion {
    /// A run that ended well.
    static func printing(_ text: String) -> Completion {
        Completion(output: Array(text.utf8), termination: Termination(status: .exited(0)))
    }

    /// A run that failed.
    static func failing(_ text: String, status: Int32 = 1) -> Completion {
        Completion(output: [], termination: Termination(status: .exited(status), standardError: Array(text.utf8)))
    }
}
