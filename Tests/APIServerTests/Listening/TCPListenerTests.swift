import Logging
import Testing

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct TCPListenerTests {
    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "nas.example"])
    func `refuses plain HTTP beyond loopback and says what to set`(host: String) async {
        let service = HTTPService(
            listener: .tcp(TCPListener(host: host, port: 0)),
            application: TestServer.application(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let error = await #expect(throws: HTTPServiceError.self) { try await service.run() }
        let text = error?.description ?? ""
        #expect(text.contains("cannot listen on \(host)"))
        #expect(text.contains("tls.required"))
        #expect(text.contains("server.http.host"))
    }

    @Test func `takes plain HTTP on loopback, TLS everywhere, and plain HTTP everywhere when told`() throws {
        #expect(TCPListener(host: "localhost").objection == nil)
        #expect(TCPListener(host: "::1").objection == nil)
        #expect(TCPListener(host: "0.0.0.0", tls: try TLSCredentials(TLSFixture.options())).objection == nil)
        #expect(TCPListener(host: "0.0.0.0", allowsPlaintext: true).objection == nil)
    }
}
