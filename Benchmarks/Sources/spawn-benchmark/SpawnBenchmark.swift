import AsyncZFSExecutor
import BareSpawn
import Glibc
import ZFSCommandBuilder

/// `spawn-benchmark FOLDER ROUNDS COUNT`: what a process costs by the executor and by bare `posix_spawn`, in turns.
///
/// Runs `zpool list` of FOLDER, COUNT times a round. Prints a line for each width: how many at once, then the medians in
/// microseconds a process, executor and bare.
@main
struct SpawnBenchmark {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 4, let rounds = Int(words[2]), let count = Int(words[3]), rounds > 0, count >= 16 else {
            print("usage: spawn-benchmark FOLDER ROUNDS COUNT")
            exit(64)
        }
        let folder = words[1]
        for width in [1, 16] {
            let executor = try Executor(
                ExecutorConfiguration(path: [folder], processes: width, processesPerPool: width, sharesReads: false))
            var own: [Double] = []
            var bare: [Double] = []
            for round in 0..<rounds {
                // Which one is first changes, so that neither profits from its place.
                if round.isMultiple(of: 2) { bare.append(try runBare(folder, count, width)) }
                own.append(try await runExecutor(executor, count, width))
                if !round.isMultiple(of: 2) { bare.append(try runBare(folder, count, width)) }
            }
            print(width, microseconds(own) / count, microseconds(bare) / count)
        }
    }

    private static func runExecutor(_ executor: Executor, _ count: Int, _ width: Int) async throws -> Double {
        let command = ZPool.List(columns: [])
        let clock = ContinuousClock()
        let duration = try await clock.measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<width {
                    group.addTask {
                        for _ in 0..<(count / width) { _ = try await executor.run(command) }
                    }
                }
                try await group.waitForAll()
            }
        }
        return duration / .seconds(1)
    }

    private static func runBare(_ folder: String, _ count: Int, _ width: Int) throws -> Double {
        let words = ["\(folder)/zpool", "list", "-H", "-p", "-o", "name"]
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        let seconds = unsafe bare_spawn(&arguments, Int32(count), Int32(width))
        guard seconds >= 0 else { throw ExecutionError.system(call: "posix_spawn", errno: errno) }
        return seconds
    }

    /// The median.
    private static func microseconds(_ rounds: [Double]) -> Int {
        Int(rounds.sorted()[rounds.count / 2] * 1e6)
    }
}
