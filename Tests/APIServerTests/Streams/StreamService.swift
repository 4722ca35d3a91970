import APIServer
import AsyncZFSExecutor
import NIOSSL
import TestSupport
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

/// A server with transfers whose `zfs` is a shell, with real processes and sockets.
struct StreamService: Sendable {
    let replicator: StubReplicator
    let store = MemoryTransferStore()
    let transfers: Transfers
    let admission = ConnectionAdmission(total: 100, perPeer: 100)

    init(_ replicator: StubReplicator) {
        self.replicator = replicator
        transfers = Transfers(
            replicator: replicator, store: store,
            secrets: TransferSecrets(
                random: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } },
                digest: { Array($0.prefix(32)) }))
    }

    /// Sends what a shell prints.
    static func sending(_ script: String) throws -> StreamService {
        let executor = try Executor()
        return StreamService(
            StubReplicator(send: { _, sink, control, onStart in
                let shell = StreamStage.filter(program: "sh", arguments: ["-c", script])
                let result = try await executor.run(StreamPipeline([shell], to: sink), control: control) { _ in
                    try await onStart(["send"])
                }
                guard result.terminations.allSatisfy({ $0.status == .exited(0) }) else {
                    throw RPCError(.sendFailed, "operation_failed", "the shell failed")
                }
                return control.bytes
            }))
    }

    /// Receives into a shell.
    static func receiving(_ script: String) throws -> StreamService {
        let executor = try Executor()
        return StreamService(
            StubReplicator(receive: { _, source, control, onStart in
                let shell = StreamStage.filter(program: "sh", arguments: ["-c", script])
                let result = try await executor.run(StreamPipeline([shell], from: source), control: control) { _ in
                    try await onStart(["receive"])
                }
                guard result.terminations.allSatisfy({ $0.status == .exited(0) }) else {
                    throw RPCError(
                        .receiveFailed, "stream_incomplete", "the shell failed",
                        details: .object(["resume_token": "1-a-b-cc"]))
                }
                return control.bytes
            }))
    }

    /// Makes a session of the local user.
    func session(
        _ operation: TransferRequest.Operation = .send, lifetime: Int = 60, by principal: Principal = .localhost
    ) async throws -> String {
        let request: TransferRequest =
            switch operation {
            case .send: .send(SendRequest(try SnapshotName("tank/a b@s")))
            case .receive:
                .receive(ReceiveRequest(try DatasetName("tank/b"), force: false, resumable: true, isConfined: false))
            }
        return try await transfers.createSession(for: request, lifetime: lifetime, by: principal).id
    }

    /// Runs the server beside the body; afterwards nothing is left.
    func run(
        limits: HTTPLimits = HTTPLimits(), tls: TLSCredentials? = nil,
        _ body: @Sendable (_ port: Int) async throws -> Void
    ) async throws {
        let listener = HTTPListener.tcp(TCPListener(port: 0, tls: tls))
        try await TestServer.run(transfers: transfers, limits: limits, listener: listener, admission: admission) {
            port, _ in try await body(port)
        }
        try await admission.counts.settles(active: 0)
        while replicator.running > 0 || !transfers.active.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Waits until a transfer runs.
    func hasStarted() async throws {
        while replicator.running == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until no transfer runs any more, and says whether that took less than a second.
    func endsSoon() async throws -> Bool {
        let start = ContinuousClock.now
        while replicator.running > 0 { try await Task.sleep(for: .milliseconds(2)) }
        return start.duration(to: .now) < .seconds(1)
    }

    /// The state of a session, when its transfer has been recorded.
    func state(of id: String) async throws -> StreamSession.State? {
        while !transfers.active.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        return try await store.session(id)?.state
    }
}
