import Redis
import Synchronization
import TestSupport

/// Clients of one server, each for a run of a daemon, which are closed together.
final class ServerClients: Sendable {
    private let server: RedisServer
    private let clients = Mutex<[RedisClient]>([])

    private init(_ server: RedisServer) {
        self.server = server
    }

    /// One more client; it connects later when the server is away.
    func connect() async -> RedisClient {
        let client = RedisClient(configuration: .patient(server))
        clients.withLock { $0.append(client) }
        try? await client.connect()
        return client
    }

    /// Runs `body` and closes the clients, whatever happens.
    static func run(on server: RedisServer, _ body: (ServerClients) async throws -> Void) async throws {
        let clients = ServerClients(server)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(clients))
        } catch {
            result = .failure(error)
        }
        for client in clients.clients.withLock({ $0 }) { await client.close() }
        try result.get()
    }
}
