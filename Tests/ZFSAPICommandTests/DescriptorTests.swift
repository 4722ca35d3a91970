import Glibc
import TestSupport
import Testing
import ZFSAPIClient

/// Streams over HTTP whose descriptor blocks.
@Suite(.timeLimit(.minutes(1))) struct DescriptorTests {
    private static let made = ScriptedService.answer(
        #""result":{"stream_id":"x","url":"/stream/x","method":"GET","expires_in":60}"#)

    private static func pipeEnds() throws -> (input: Int32, output: Int32) {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw TestError("no pipe") }
        return (ends[0], ends[1])
    }

    private static func isReadable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) == 1
    }

    @Test func `a send to a pipe that nobody reads can be cancelled`() async throws {
        let stream = "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + String(repeating: "s", count: 300_000)
        let service = try ScriptedService { $0.hasPrefix("GET") ? stream : Self.made }
        let (input, output) = try Self.pipeEnds()
        defer { [input, output].forEach { close($0) } }
        try await Client.with(ClientConfiguration(address: ServiceAddress(service.address))) { client in
            let task = Task { try await client.send("tank/a", "s", to: output, over: .http) }
            while !Self.isReadable(input, within: 0) { try await Task.sleep(for: .milliseconds(10)) }
            task.cancel()
            let error = await #expect(throws: ClientError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
        }
    }

    @Test func `a receive that has ended takes nothing more of its pipe`() async throws {
        let service = try ScriptedService { $0.hasPrefix("POST /stream") ? "" : Self.made }
        let (input, output) = try Self.pipeEnds()
        defer { [input, output].forEach { close($0) } }
        try await Client.with(ClientConfiguration(address: ServiceAddress(service.address))) { client in
            _ = await #expect(throws: ClientError.self) {
                try await client.receive(from: input, into: "tank/b", over: .http)
            }
        }
        #expect(unsafe write(output, "x", 1) == 1)
        try await Task.sleep(for: .milliseconds(200))
        #expect(Self.isReadable(input, within: 0))
    }
}
