import APIServer
import Authentication
import Logging
import RateLimiting
import ServiceLifecycle
import TestSupport
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

/// A real transfer server over a stub of what makes and takes streams.
struct TransferServer {
    let replicator: StubReplicator
    let store: MemoryTransferStore
    let transfers: Transfers
    let admission: ConnectionAdmission
    let group: ServiceGroup
    /// Where it listens: the port, or the path.
    let place: TransferClient.Place

    /// Runs the body beside the server, then stops the server gracefully and waits for it.
    static func run(
        _ replicator: StubReplicator = StubReplicator(),
        on listener: HTTPListener = .tcp(TCPListener(port: 0)),
        limits: TransferLimits = TransferLimits(),
        rules: AccessRules = AccessRules(),
        admission: ConnectionAdmission = ConnectionAdmission(total: 1024, perPeer: 64),
        limiter: Bool = false,
        stopsIn drain: Duration? = nil,
        _ body: @Sendable (TransferServer) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let store = MemoryTransferStore()
        let transfers = Transfers(
            replicator: replicator, store: store,
            secrets: TransferSecrets(
                random: { try RandomBytes.make($0) }, digest: { try Digest256.digest(of: $0) }))
        let access = AccessControl(rules: rules, authority: nil, limiter: limiter ? MemoryRateLimiter() : nil)
        let service = TransferService(
            listener: listener, limits: limits, admission: admission,
            application: TransferApplication(transfers: transfers, access: access), logger: logger,
            onListening: { continuation.yield($0) })
        var configuration = ServiceGroupConfiguration(services: [service], logger: logger)
        configuration.maximumGracefulShutdownDuration = drain
        let group = ServiceGroup(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            for await port in ports {
                let place: TransferClient.Place =
                    switch listener {
                    case .tcp: .tcp(port: port)
                    case .unix(let listener): .unix(path: listener.path)
                    }
                try await body(
                    TransferServer(
                        replicator: replicator, store: store, transfers: transfers, admission: admission, group: group,
                        place: place))
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Runs the body beside a server on TCP, and then beside one on a Unix socket.
    static func runOnEach(
        _ replicator: @Sendable () -> StubReplicator, limits: TransferLimits = TransferLimits(),
        _ body: @Sendable (TransferServer) async throws -> Void
    ) async throws {
        try await run(replicator(), limits: limits, body)
        try await TemporaryFolder.run { folder in
            try await run(
                replicator(), on: .unix(UnixListener(path: folder + "/transfer.sock")), limits: limits, body)
        }
    }

    /// Makes a token that sends `tank/a@s` or receives into `tank/b`.
    func token(
        to operation: TransferRequest.Operation, lifetime: Int = 300, uses: Int = 1
    ) async throws -> String {
        let request: TransferRequest =
            switch operation {
            case .send: .send(SendRequest(try SnapshotName("tank/a@s")))
            case .receive:
                .receive(
                    ReceiveRequest(try DatasetName("tank/b"), force: true, resumable: true, isConfined: false))
            }
        return try await transfers.createToken(
            for: request, lifetime: lifetime, maximumUses: uses, byteLimit: nil, by: .localhost
        ).token
    }

    /// Waits until no connection is open and nothing runs; the suite's time limit ends a wait in vain.
    func settles() async throws {
        while admission.counts.active > 0 || replicator.running > 0 { try await Task.sleep(for: .milliseconds(5)) }
    }
}
