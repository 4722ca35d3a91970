import ArgumentParser
import Glibc
import ZFSAPIClient

/// A command that calls the daemon.
protocol ClientCommand: AsyncParsableCommand {
    /// Where to call.
    var connection: ConnectionOptions { get }
    /// How to show the answer.
    var show: OutputOptions { get }

    /// Does what the command is for.
    func perform(_ client: Client, _ output: Output) async throws
}

extension ClientCommand {
    mutating func run() async throws {
        // A reader of the output that goes away is told by the write.
        signal(SIGPIPE, SIG_IGN)
        let output = show.output
        do {
            let client = try Client(try connection.configuration())
            // The process ends, and with it what is open.
            let result = await Result { try await perform(client, output) }
            await client.close()
            try result.get()
        } catch {
            throw FailureReport.report(error, output)
        }
    }
}

extension Result where Failure == any Error {
    /// What a closure gives or throws.
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
