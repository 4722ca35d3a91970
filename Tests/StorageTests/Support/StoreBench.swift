import Redis
import Storage
import Synchronization
import TestSupport
import Testing
import ZFSRPC

/// The stores that exist.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, redis

    /// Those that can be tried here.
    static let available: [StoreKind] = {
        guard RedisServer.program == nil else { return allCases }
        print("the store in Redis is not tried: \(RedisServer.absence)")
        return [.sqlite]
    }()

    var testDescription: String { rawValue }
}

/// Opens stores that share what they hold.
final class StoreBench: Sendable {
    let time = TestTime()
    private typealias Make =
        @Sendable (String, TestTime, TransferStoreLimits) async throws -> (any TransferStore, RedisClient?)

    private let make: Make
    private let clients = Mutex<[RedisClient]>([])

    private init(_ make: @escaping Make) {
        self.make = make
    }

    /// A new run of a daemon.
    func open(
        node: String = "one", limits: TransferStoreLimits = TransferStoreLimits()
    ) async throws -> any TransferStore {
        let (store, client) = try await make(node, time, limits)
        if let client { clients.withLock { $0.append(client) } }
        return store
    }

    /// Runs `body` with a bench for an empty store.
    static func run(_ kind: StoreKind, _ body: (StoreBench) async throws -> Void) async throws {
        switch kind {
        case .sqlite:
            try await TemporaryFolder.run { folder in
                try await body(
                    StoreBench { node, time, limits in
                        let store = SQLiteTransferStore(
                            path: folder + "/transfers.sqlite", node: node, clock: time.clock, limits: limits)
                        return (store, nil)
                    })
            }
        case .redis:
            try await RedisServer.with { server in try await run(on: server, body) }
        }
    }

    /// Runs `body` with a bench for a server.
    static func run(on server: RedisServer, _ body: (StoreBench) async throws -> Void) async throws {
        let bench = StoreBench { node, time, limits in
            let client = RedisClient(configuration: .patient(server))
            try? await client.connect()
            let store = RedisTransferStore(
                client: client, node: node, clock: time.clock, limits: limits, patience: .seconds(10))
            return (store, client)
        }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(bench))
        } catch {
            result = .failure(error)
        }
        for client in bench.clients.withLock({ $0 }) { await client.close() }
        try result.get()
    }
}

extension RedisConfiguration {
    /// With more patience than the daemon has: the machine that runs the tests may be busy.
    static func patient(_ server: RedisServer) -> RedisConfiguration {
        var configuration = RedisConfiguration(address: .tcp(host: "127.0.0.1", port: server.port))
        configuration.connectTimeout = .seconds(10)
        configuration.commandTimeout = .seconds(10)
        return configuration
    }
}
