import Synchronization
import TestSupport
import Testing
import ZFSAPIClient

/// How a stream goes when the socket that the daemon names can not be reached.
@Suite struct RouteTests {
    /// ## Concurrency
    /// The thread of the service writes down what it is asked.
    private final class Asked: Sendable {
        let methods = Mutex<[String]>([])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a socket that can not be reached is left for HTTP`() async throws {
        let asked = Asked()
        let token = String(repeating: "t", count: 64)
        // It is this machine, and not by a name of loopback.
        let place = "0.0.0.0:\(try LoopbackPort.free())"
        let made =
            #"{"token":"\#(token)","token_id":"tttttttt","expires_in":60,"expires_at":"2030-01-01T00:00:00Z","#
            + #""operation":"send","dataset":"tank/a","max_uses":1,"socket_tcp":"\#(place)"}"#
        let service = try ScriptedService { request in
            let known = ["token_create_send", "token_revoke", "stream_init"].first { request.contains($0) }
            asked.methods.withLock { $0.append(known ?? "") }
            switch known {
            case "token_create_send": return ScriptedService.answer(#""result":\#(made)"#)
            case "token_revoke": return ScriptedService.answer(#""result":{"revoked":true}"#)
            default: return ScriptedService.failure(-32001, "not_found")
            }
        }
        var configuration = ClientConfiguration(address: try ServiceAddress(service.address))
        configuration.retries = 0
        let error = await #expect(throws: ClientError.self) {
            try await Client.with(configuration) { try await $0.send("tank/a", "s", to: 1) }
        }
        #expect(asked.methods.withLock { $0 } == ["token_create_send", "token_revoke", "stream_init"])
        #expect(error?.reason == "not_found")
    }
}
