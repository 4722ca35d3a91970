import Redis
import Storage
import Synchronization
import TestSupport
import ZFSCommandBuilder
import ZFSRPC

/// Opens stores of tasks that share what they hold.
final class TaskStoreBench: Sendable {
    private typealias Make = @Sendable (String, TaskHistory) async throws -> (any TaskStore, RedisClient?)

    private let make: Make
    private let clients = Mutex<[RedisClient]>([])

    private init(_ make: @escaping Make) {
        self.make = make
    }

    /// A new run of a daemon.
    func open(node: String = "one", history: TaskHistory = TaskHistory()) async throws -> any TaskStore {
        let (store, client) = try await make(node, history)
        if let client { clients.withLock { $0.append(client) } }
        return store
    }

    /// Runs `body` with a bench for an empty store.
    static func run(_ kind: StoreKind, _ body: (TaskStoreBench) async throws -> Void) async throws {
        switch kind {
        case .sqlite:
            try await TemporaryFolder.run { folder in
                try await body(
                    TaskStoreBench { node, history in
                        (SQLiteTransferStore(path: folder + "/tasks.sqlite", node: node, history: history), nil)
                    })
            }
        case .redis:
            try await RedisServer.with { try await run(on: $0, body) }
        }
    }

    /// Runs `body` with a bench for a server.
    static func run(on server: RedisServer, _ body: (TaskStoreBench) async throws -> Void) async throws {
        let bench = TaskStoreBench { node, history in
            let client = RedisClient(configuration: .patient(server))
            try? await client.connect()
            return (
                RedisTaskStore(client: client, node: node, history: history, patience: .seconds(10)), client
            )
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

extension TaskRecord {
    static func sample(
        _ id: String, _ dataset: String = "tank/a", host: String = "", user: String = "alice", created: Int64 = 1
    ) throws -> TaskRecord {
        TaskRecord(
            id: id, user: user, request: "{}", place: TaskPlace(host: host, dataset: try DatasetName(dataset)),
            created: created)
    }
}

extension TaskStore {
    /// Identifier, word and status of all events.
    func words(of task: String? = nil) async throws -> [String] {
        try await events(after: 0, task: task, ofUser: nil, limit: 1000).map {
            "\($0.task) \($0.what) \($0.status.rawValue)"
        }
    }
}
