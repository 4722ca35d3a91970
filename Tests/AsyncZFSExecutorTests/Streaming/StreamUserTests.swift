import AsyncZFSExecutor
import Glibc
import TestSupport
import Testing

@Suite struct StreamUserTests {
    /// 64 MiB of pipes are what a user gets (pipe-user-pages-soft of pipe(7)): one stream has 1 MiB here.
    private static let count = 70

    private static let isPrivileged = getuid() == 0
    private static let hasSetpriv = unsafe access("/usr/bin/setpriv", X_OK) == 0

    @Test(.enabled(if: !isPrivileged || hasSetpriv, "setpriv is not installed"))
    func `past the large pipes of an ordinary user streams get small ones, and say so`() async throws {
        let executor = try StreamFixture.executor()
        if Self.isPrivileged {
            // Root may have as many as it likes: this test again, as the user `nobody`.
            let program = try #require(CommandLine.arguments.first)
            let path = unsafe realpath(program, nil)
            defer { unsafe free(path) }
            let binary = try #require(unsafe path.map { unsafe String(cString: $0) })
            let words = [
                "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "env",
                "HOME=/tmp", binary, "--testing-library", "swift-testing", "--filter", "StreamUserTests",
            ]
            let result = try await executor.run(
                StreamPipeline([.filter(program: "setpriv", arguments: words)]), control: StreamControl()
            ) { _ in }
            let output = String(decoding: result.output, as: UTF8.self)
            let errors = result.terminations.map { String(decoding: $0.standardError, as: UTF8.self) }
            #expect(result.terminations.allSatisfy { $0.isSuccess }, "\(output) \(errors)")
            #expect(errors.joined().contains("Test run with 1 test in 1 suite passed"))
            return
        }
        let controls = (0..<Self.count).map { _ in StreamControl() }
        let tasks = controls.map { control in
            Task {
                try await executor.run(
                    StreamPipeline([StreamFixture.bash("head -c 100000 /dev/zero; exec sleep 600")]),
                    control: control
                ) { _ in }
            }
        }
        try await StreamFixture.until { controls.allSatisfy { $0.pipeBytes > 0 } }
        #expect(controls.contains { $0.pipeBytes == 1 << 20 })
        #expect(controls.contains { $0.pipeBytes < 1 << 20 })
        #expect(executor.streamLoad.smallestPipe < 1 << 20)
        // One more works all the same.
        let control = StreamControl()
        let sink = StreamSink.descriptor(try StreamFixture.open("/dev/null", O_WRONLY), framing: .none)
        let result = try await executor.run(
            StreamPipeline([StreamFixture.bash("head -c 3000000 /dev/zero")], to: sink), control: control
        ) { _ in }
        #expect(result.terminations.map(\.status) == [.exited(0)])
        #expect(control.bytes == 3_000_000)
        #expect(control.pipeBytes < 1 << 20)
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
    }
}
