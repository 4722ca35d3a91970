import AsyncZFSExecutor
import BarePump
import Glibc

/// `pump-benchmark FOLDER ROUNDS GIBIBYTES`: streams by the executor and by a loop of `splice` in C, in turns.
///
/// Runs `bare-pump` of FOLDER. Prints a line for each way: its name, then medians of the executor's MB/s and processor
/// seconds a GiB, and of the loop's; at the end `memory` with the KiB a stream at 1 and at 100, by descriptors and by
/// closures.
@main
struct PumpBenchmark {
    struct Sample {
        let rate: Double
        let processor: Double
    }

    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 4, let rounds = Int(words[2]), let size = Double(words[3]), rounds > 0, size > 0 else {
            print("usage: pump-benchmark FOLDER ROUNDS GIBIBYTES")
            exit(64)
        }
        signal(SIGPIPE, SIG_IGN)
        let folder = words[1]
        let bytes = Int64(size * 1_073_741_824)
        let executor = try Executor(ExecutorConfiguration(path: [folder], grace: .milliseconds(200)))
        let ways: [(String, Int, StreamFraming)] = [
            ("unix", bare_unix, .none), ("tcp", bare_tcp, .none), ("unix-framed", bare_unix, .lengthPrefixed),
            ("tcp-framed", bare_tcp, .lengthPrefixed),
        ]
        for (name, kind, framing) in ways {
            var own: [Sample] = []
            var bare: [Sample] = []
            for round in 0..<rounds {
                // Which one is first changes, so that neither profits from its place.
                if round.isMultiple(of: 2) { bare.append(try runBare(folder, kind, bytes)) }
                own.append(try await runExecutor(executor, kind, framing, bytes))
                if !round.isMultiple(of: 2) { bare.append(try runBare(folder, kind, bytes)) }
            }
            print(name, text(own), text(bare))
        }
        var memory: [Int] = []
        for count in [1, 100] {
            memory.append(try await memoryOfStreams(executor, count, byClosure: false))
            memory.append(try await memoryOfStreams(executor, count, byClosure: true))
        }
        print("memory", memory.map(String.init).joined(separator: " "))
    }

    private static func connect(_ kind: Int) throws -> (descriptor: Int32, reader: pid_t) {
        var reader: pid_t = 0
        let descriptor = unsafe bare_connection(Int32(kind), &reader)
        guard descriptor >= 0 else { throw ExecutionError.system(call: "connect", errno: errno) }
        return (descriptor, reader)
    }

    private static func sample(_ bytes: Int64, _ start: ContinuousClock.Instant, _ processor: Double) -> Sample {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Sample(
            rate: Double(bytes) / seconds / 1e6,
            processor: (bare_processor_time() - processor) / (Double(bytes) / 1_073_741_824))
    }

    private static func runExecutor(
        _ executor: Executor,
        _ kind: Int,
        _ framing: StreamFraming,
        _ bytes: Int64
    ) async throws -> Sample {
        let (descriptor, reader) = try connect(kind)
        let (start, processor) = (ContinuousClock.now, bare_processor_time())
        let control = StreamControl()
        do {
            let sink = StreamSink.descriptor(Descriptor(owning: descriptor), framing: framing)
            let stage = StreamStage.filter(program: "bare-pump", arguments: [String(bytes)])
            _ = try await executor.run(StreamPipeline([stage], to: sink), control: control) { _ in }
            shutdown(descriptor, Int32(SHUT_WR))
        }
        guard bare_wait(reader) == 0, control.bytes == UInt64(bytes) else {
            throw ExecutionError.system(call: "read", errno: EIO)
        }
        return sample(bytes, start, processor)
    }

    private static func runBare(_ folder: String, _ kind: Int, _ bytes: Int64) throws -> Sample {
        let (descriptor, reader) = try connect(kind)
        let words = ["\(folder)/bare-pump", String(bytes)]
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        let (start, processor) = (ContinuousClock.now, bare_processor_time())
        let moved = unsafe bare_pump(&arguments, descriptor)
        close(descriptor)
        guard bare_wait(reader) == 0, moved == bytes else { throw ExecutionError.system(call: "splice", errno: errno) }
        return sample(bytes, start, processor)
    }

    /// How much the resident memory of this process grows by streams that all move, in KiB a stream.
    private static func memoryOfStreams(_ executor: Executor, _ count: Int, byClosure: Bool) async throws -> Int {
        let before = residentMemory()
        let controls = (0..<count).map { _ in StreamControl(bytesPerSecond: 20_000_000) }
        let stage = StreamStage.filter(program: "bare-pump", arguments: [String(Int64.max)])
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for control in controls {
                let (descriptor, reader) = try connect(bare_unix)
                let connection = Descriptor(owning: descriptor)
                let sink: StreamSink =
                    byClosure ? .writer { _ in await Task.yield() } : .descriptor(connection, framing: .none)
                group.addTask {
                    _ = try? await executor.run(StreamPipeline([stage], to: sink), control: control) { _ in }
                    shutdown(descriptor, Int32(SHUT_RDWR))
                    withExtendedLifetime(connection) {}
                    _ = bare_wait(reader)
                }
            }
            while controls.contains(where: { $0.bytes < 4 << 20 }) { try await Task.sleep(for: .milliseconds(50)) }
            let after = residentMemory()
            group.cancelAll()
            try await group.waitForAll()
            return (after - before) / count
        }
    }

    /// In KiB, from the second number of /proc/self/statm.
    private static func residentMemory() -> Int {
        var buffer = [UInt8](repeating: 0, count: 256)
        let file = unsafe open("/proc/self/statm", O_RDONLY)
        defer { close(file) }
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        let words = String(decoding: buffer[..<max(0, count)], as: UTF8.self).split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * 4 : 0
    }

    /// The medians.
    private static func text(_ samples: [Sample]) -> String {
        let rate = samples.map(\.rate).sorted()[samples.count / 2]
        let processor = Int(samples.map(\.processor).sorted()[samples.count / 2] * 1000)
        let milliseconds = String(processor % 1000)
        let zeros = String(repeating: "0", count: 3 - milliseconds.count)
        return "\(Int(rate)) \(processor / 1000).\(zeros)\(milliseconds)"
    }
}
