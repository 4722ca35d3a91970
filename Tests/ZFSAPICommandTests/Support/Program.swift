import Foundation
import TestSupport

/// Runs programs of this package as a user does.
struct Program {
    /// How it ended, and what it said.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    let name: String

    /// The programs are beside the bundle of tests.
    static var folder: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    }

    /// The folder of the repository.
    static var repository: String {
        #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }
    }

    /// Runs `zfs-api` with a home of its own.
    static func client(
        _ arguments: [String], home: String, input: String = "", environment: [String: String] = [:]
    ) async throws -> Outcome {
        let variables = ["HOME": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        return try await Program(name: "\(folder)/zfs-api").run(
            arguments, input: input, environment: variables.merging(environment) { _, last in last })
    }

    /// Runs it to its end.
    func run(_ arguments: [String], input: String = "", environment: [String: String]) async throws -> Outcome {
        let folder = try TemporaryFolder()
        for file in ["in", "out", "err"] { try folder.write(file == "in" ? input : "", to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: name)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle(forReadingAtPath: folder.file("in"))
        process.standardOutput = FileHandle(forWritingAtPath: folder.file("out"))
        process.standardError = FileHandle(forWritingAtPath: folder.file("err"))
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        return Outcome(status: status, output: try folder.read("out"), errors: try folder.read("err"))
    }
}
