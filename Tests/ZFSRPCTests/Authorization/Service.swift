import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

/// A server with everything that can be watched.
struct Service {
    let runner: StubRunner
    let authority: StubAuthority
    let observer: RecordingObserver
    let store = MemoryTransferStore()
    let transfers: Transfers
    let taskStore = MemoryTaskStore()
    let tasks: Tasks
    let server: RPCServer

    init(
        runner: StubRunner = StubRunner(),
        tokens: [String: Principal] = [:],
        refusingWrites refusal: RPCError? = nil,
        replicator: StubReplicator = StubReplicator(),
        transferLimit: Int = 128,
        files: FileRoots = .none
    ) {
        self.runner = runner
        authority = StubAuthority(tokens)
        observer = RecordingObserver(refusing: refusal)
        transfers = Transfers(
            replicator: replicator, store: store, secrets: .counting(),
            endpoints: TransferEndpoints(tcp: "127.0.0.1:9999", unix: "/run/zfs-apid/transfer.sock"),
            observers: [observer], limit: transferLimit)
        tasks = Tasks(
            store: taskStore, migrations: Migrations(replication: Replication(runner: runner), ssh: SSHSettings()),
            workers: 2)
        server = RPCServer(
            runner: runner, service: ServiceDescription(version: "test", spoolFolders: ["/tmp"], files: files),
            authority: authority, transfers: transfers, tasks: tasks, observers: [observer])
    }

    /// How many commands were run, how many changes the authority was asked for, and how often the store was.
    var acts: Int { runner.commands.count + authority.requests.count { $0 != "check" } + store.asked + taskStore.asked }

    static let nobody = Caller.nobody(because: "give a token")

    /// The answer to a body, nil for none.
    func ask(_ body: String, by caller: Caller = nobody) async throws -> (value: JSONValue, body: ResponseBody)? {
        let context = RequestContext(requestID: "r1", caller: caller, peer: "192.0.2.7")
        guard let answer = await server.respond(to: Array(body.utf8), context: context) else { return nil }
        var bytes: [UInt8] = []
        try await answer.forEachChunk { bytes += $0 }
        return (try JSONParser.parse(bytes), answer)
    }

    /// The answer to one call.
    func call(
        _ method: String,
        _ parameters: JSONValue = .object([JSONMember]()),
        by caller: Caller
    ) async throws -> (value: JSONValue, body: ResponseBody) {
        let request: JSONValue = .object([
            "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters,
        ])
        return try #require(try await ask(String(decoding: request.encoded, as: UTF8.self), by: caller))
    }

    /// The code and reason that one call fails with; nil when it succeeds.
    func failure(_ method: String, _ parameters: JSONValue, by caller: Caller) async throws -> String? {
        try await call(method, parameters, by: caller).value.failure
    }
}

extension JSONValue {
    /// The code and reason of an answer; nil for a result.
    var failure: String? {
        guard let error = self["error"] else { return nil }
        guard case .number(let code) = error["code"], case .string(let reason) = error["data"]?["reason"] else {
            return "an error without code or reason"
        }
        return "\(code) \(reason)"
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}

extension Caller {
    /// A user with a token.
    static func user(_ role: Role, limitedTo subtrees: [String]? = nil) throws -> Caller {
        let names = try subtrees?.map { text throws(NameError) in try DatasetName(text) }
        return .principal(
            Principal(name: "backup", role: role, subtrees: names, kind: .token, tokenID: "id-of-\(role.rawValue)"))
    }
}
