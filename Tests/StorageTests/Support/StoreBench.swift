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
        @Sendable (String, TestTime, TransferStoreLimits) async throws -> any TransferStore

    private let make: Make

    private init(_ make: @escaping Make) {
        self.make = make
    }

    /// A new run of a daemon.
    func open(
        node: String = "one", limits: TransferStoreLimits = TransferStoreLimits()
    ) async throws -> any TransferStore {
        try await make(node, time, limits)
    }

    /// Runs `body` with a bench for an empty store.
    static func run(_ kind: StoreKind, _ body: (StoreBench) async throws -> Void) async throws {
        switch kind {
        case .sqlite:
            try await TemporaryFolder.run { folder in
                try await body(
                    StoreBench { node, time, limits in
                        SQLiteTransferStore(
                            path: folder + "/transfers.sqlite", node: node, clock: time.clock, limits: limits)
                    })
            }
        case .redis:
            try await RedisServer.with { server in try await run(on: server, body) }
        }
    }

    /// Runs `body` with a bench for a server.
    static func run(on server: RedisServer, _ body: (StoreBench) async throws -> Void) async throws {
        try await ServerClients.run(on: server) { clients in
            try await body(
                StoreBench { node, time, limits in
                    RedisTransferStore(
                        client: await clients.connect(), node: node, clock: time.clock, limits: limits,
                        patience: .seconds(10))
                })
        }
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
