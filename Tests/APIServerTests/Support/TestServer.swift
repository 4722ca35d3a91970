import APIServer
import Logging
import ServiceLifecycle
import ZFSRPC

/// A real server on a port of the kernel's choice.
enum TestServer {
    /// What the server serves.
    static func application(
        _ responder: any RPCResponder = StubResponder(),
        transfers: Transfers? = nil,
        access: AccessControl = AccessControl(rules: AccessRules(), authority: nil, limiter: nil)
    ) -> HTTPApplication {
        HTTPApplication(responder: responder, transfers: transfers, access: access, version: "1.2.3")
    }

    /// Runs the body beside the server, then stops the server gracefully and waits for it.
    static func run(
        _ responder: StubResponder = StubResponder(),
        transfers: Transfers? = nil,
        limits: HTTPLimits = HTTPLimits(),
        listener: HTTPListener = .tcp(TCPListener(port: 0)),
        admission: ConnectionAdmission? = nil,
        access: AccessControl = AccessControl(rules: AccessRules(), authority: nil, limiter: nil),
        _ body: @Sendable (_ port: Int, _ group: ServiceGroup) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let service = HTTPService(
            listener: listener,
            limits: limits,
            admission: admission,
            application: application(responder, transfers: transfers, access: access),
            logger: logger,
            onListening: { continuation.yield($0) }
        )
        let group = ServiceGroup(services: [service], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            for await port in ports {
                try await body(port, group)
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
