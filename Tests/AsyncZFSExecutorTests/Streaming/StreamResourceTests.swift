import AsyncZFSExecutor
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct StreamResourceTests {
    private static var descriptors: Int { TemporaryFolder.names(in: "/proc/self/fd").count }
    private static var threads: Int { TemporaryFolder.names(in: "/proc/self/task").count }

    /// VmRSS of this process in KiB.
    private static func memory() throws -> Int {
        let text = String(decoding: try StreamFixture.contents(of: "/proc/self/status"), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }

    @Test func `a hundred streams at once leave no descriptor, thread or process behind, and take little memory`()
        async throws
    {
        let mark = "stream-hundred-\(getpid())"
        let executor = try StreamFixture.executor()
        let pipeline = StreamPipeline(
            [StreamFixture.bash("exec -a \(mark) cat /dev/zero")],
            to: .writer { _ in
                try await Task.sleep(for: .seconds(600))
            })
        let (descriptors, threads, memory) = (Self.descriptors, Self.threads, try Self.memory())
        let controls = (0..<100).map { _ in StreamControl() }
        let tasks = controls.map { control in Task { try await executor.run(pipeline, control: control) { _ in } } }
        try await StreamFixture.until { controls.allSatisfy { $0.waitsFor == .network } }
        #expect(executor.streamLoad.active == 100)
        #expect(Self.threads >= 100)
        // Other tests run beside this one.
        #expect(try Self.memory() < memory + 100 * 1024 + 200_000)
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
        try await StreamFixture.until { Self.descriptors < descriptors + 60 && Self.threads < threads + 20 }
        #expect(StreamFixture.processes(with: mark).isEmpty)
        #expect(executor.streamLoad.active == 0)
    }

    @Test func `a reader that takes its time keeps the sender waiting, not the memory growing`() async throws {
        let control = StreamControl()
        let executor = try StreamFixture.executor()
        let task = Task {
            try await executor.run(
                StreamPipeline(
                    [StreamFixture.bash("exec cat /dev/zero")],
                    to: .writer { _ in
                        try await Task.sleep(for: .milliseconds(20))
                    }),
                control: control
            ) { _ in }
        }
        try await StreamFixture.until { control.bytes > 1 << 20 }
        let (before, memory) = (control.bytes, try Self.memory())
        try await Task.sleep(for: .seconds(1))
        // 50 pieces of 256 KiB.
        #expect(control.bytes - before <= 16 << 20)
        // Other tests run beside this one; without back-pressure it would be gigabytes.
        #expect(try Self.memory() < memory + 200_000)
        task.cancel()
        _ = await task.result
    }
}
