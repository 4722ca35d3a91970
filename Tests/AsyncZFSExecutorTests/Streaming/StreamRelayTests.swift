import AsyncZFSExecutor
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(2))) struct StreamRelayTests {
    private static func relay(
        _ senders: [StreamStage], _ receivers: [StreamStage], _ control: StreamControl = StreamControl()
    ) async throws -> (senders: StreamResult, receivers: StreamResult) {
        try await StreamFixture.executor().relay(senders, to: receivers, control: control)
    }

    @Test(arguments: [0, 1, 5 << 20 | 12345])
    func `what one row writes the other reads, counted in between`(size: Int) async throws {
        let folder = try TemporaryFolder()
        let bytes = StreamFixture.bytes(size)
        let file = try StreamFixture.file(bytes, in: folder)
        let control = StreamControl()
        let gzip = StreamStage.filter(program: "gzip", arguments: ["-1c"])
        let gunzip = StreamStage.filter(program: "gzip", arguments: ["-dc"])
        let (sent, received) = try await Self.relay(
            [.filter(program: "cat", arguments: [file]), gzip],
            [gunzip, StreamFixture.bash("cat >\(folder.file("output")); echo done")], control)
        #expect(sent.terminations.map(\.status) == [.exited(0), .exited(0)])
        #expect(received.terminations.map(\.status) == [.exited(0), .exited(0)])
        #expect(received.output == Array("done\n".utf8))
        #expect(try StreamFixture.contents(of: folder.file("output")) == bytes)
        #expect(control.bytes > 0)
    }

    @Test func `a sender that fails is told, and the receiver sees the end`() async throws {
        let (sent, received) = try await Self.relay(
            [StreamFixture.bash("echo begin; exit 3")], [StreamFixture.bash("wc -c")])
        #expect(sent.terminations.map(\.status) == [.exited(3)])
        #expect(received.terminations.map(\.status) == [.exited(0)])
    }

    @Test func `a receiver that fails ends the sender, and says why`() async throws {
        let mark = "relay-\(UInt64.random(in: .min ... .max))"
        let (_, received) = try await Self.relay(
            [StreamFixture.bash("cat /dev/zero; : \(mark)")], [StreamFixture.bash("head -c 1000 >/dev/null; exit 4")])
        #expect(received.terminations.map(\.status) == [.exited(4)])
        #expect(StreamFixture.processes(with: mark).isEmpty)
    }

    @Test func `cancelled, nothing of either is left`() async throws {
        let mark = "relay-\(UInt64.random(in: .min ... .max))"
        let control = StreamControl(bytesPerSecond: 100_000)
        let task = Task {
            try await Self.relay(
                [StreamFixture.bash("cat /dev/zero; : \(mark)")], [StreamFixture.bash("cat >/dev/null; : \(mark)")],
                control)
        }
        while control.bytes == 0 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(StreamFixture.processes(with: mark).isEmpty)
    }
}
