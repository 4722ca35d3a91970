import Synchronization
import Testing
import ZFSAPIClient

/// What is sent how often, to a service that fails.
@Suite struct RetryTests {
    /// ## Concurrency
    /// The thread of the service counts.
    private final class Count: Sendable {
        let value = Atomic<Int>(0)
    }

    private static let away = ScriptedService.answer(
        #""error":{"code":-32052,"message":"away","data":{"reason":"overloaded","retryable":true}}"#,
        status: "503 Service Unavailable")

    private static func requests(
        _ answer: String, _ call: (Client) async throws -> Void
    ) async throws -> (count: Int, error: ClientError?) {
        let count = Count()
        let service = try ScriptedService { _ in
            count.value.add(1, ordering: .relaxed)
            return answer
        }
        var configuration = ClientConfiguration(address: try ServiceAddress(service.address))
        configuration.retries = 1
        let error = await #expect(throws: ClientError.self) {
            try await Client.with(configuration) { try await call($0) }
        }
        return (count.value.load(ordering: .relaxed), error)
    }

    @Test func `a read is tried again when its error may pass`() async throws {
        let (count, error) = try await Self.requests(Self.away) { _ = try await $0.poolList() }
        #expect(count == 2)
        #expect(error?.kind == .unavailable)
    }

    @Test func `a change is never sent twice`() async throws {
        let (count, error) = try await Self.requests(Self.away) { _ = try await $0.poolScrubStart(pool: "tank") }
        #expect(count == 1)
        #expect(error?.isRetryable == true)
    }

    @Test func `a change whose answer is cut is not sent again either`() async throws {
        let (count, error) = try await Self.requests("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{") {
            _ = try await $0.datasetCreate(dataset: "tank/a")
        }
        #expect(count == 1)
        #expect(error?.reason == "connection_lost")
        #expect(error?.isRetryable == false)
    }

    @Test func `an answer that is too long is given up`() async throws {
        let answer = ScriptedService.answer(#""result":"\#(String(repeating: "x", count: 100_000))""#)
        let service = try ScriptedService { _ in answer }
        var configuration = ClientConfiguration(address: try ServiceAddress(service.address))
        configuration.maximumAnswerBytes = 10_000
        let error = await #expect(throws: ClientError.self) {
            try await Client.with(configuration) { try await $0.call("anything") }
        }
        #expect(error?.reason == "answer_too_long")
    }

    @Test func `a service that is silent is given up`() async throws {
        let service = try ScriptedService { _ in "" }
        var configuration = ClientConfiguration(address: try ServiceAddress(service.address))
        configuration.retries = 0
        let error = await #expect(throws: ClientError.self) {
            try await Client.with(configuration) { try await $0.systemInfo() }
        }
        #expect(error?.kind == .connectionFailed)
    }
}
