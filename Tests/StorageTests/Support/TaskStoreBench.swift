import Redis
import Storage
import Synchronization
import TestSupport
import ZFSCommandBuilder
import ZFSRPC

/// Opens stores of tasks that share what they hold.
final class TaskStoreBench: Sendable {
    private typealias Make = @Sendable (String, TaskHistory) async throws -> any TaskStore

    private let make: Make

    private init(_ make: @escaping Make) {
        self.make = make
    }

    /// A new run of a daemon.
    func open(node: String = "one", history: TaskHistory = TaskHistory()) async throws -> any TaskStore {
        try await make(node, history)
    }

    /// Runs `body` with a bench for an empty store.
    static func run(_ kind: StoreKind, _ body: (TaskStoreBench) async throws -> Void) async throws {
        switch kind {
        case .sqlite:
            try await TemporaryFolder.run { folder in
                try await body(
                    TaskStoreBench { node, history in
                        SQLiteTransferStore(path: folder + "/tasks.sqlite", node: node, history: history)
                    })
            }
        case .redis:
            try await RedisServer.with { try await run(on: $0, body) }
        }
    }

    /// Runs `body` with a bench for a server.
    static func run(on server: RedisServer, _ body: (TaskStoreBench) async throws -> Void) async throws {
        try await ServerClients.run(on: server) { clients in
            try await body(
                TaskStoreBench { node, history in
                    RedisTaskStore(
                        client: await clients.connect(), node: node, history: history, patience: .seconds(10))
                })
        }
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
