import AsyncZFSExecutor
import Synchronization
import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

@Suite(.timeLimit(.minutes(1))) struct TransfersTests {
    private let send: TransferRequest
    private let receive: TransferRequest
    private let admin = Principal.localhost
    private let route = TransferRoute(.unix, peer: "unix", id: "r1")

    init() throws {
        send = .send(SendRequest(try SnapshotName("tank/a@s")))
        receive = .receive(
            ReceiveRequest(try DatasetName("tank/b"), force: true, resumable: true, isConfined: false))
    }

    /// A replicator that sends until it is cancelled.
    private static func endless() -> StubReplicator {
        StubReplicator(send: { _, _, _, onStart in
            try await onStart(["send"])
            try await Task.sleep(for: .seconds(60))
            return 0
        })
    }

    private func run(_ service: Service, _ grant: TransferGrant) async -> RPCError? {
        do throws(RPCError) {
            _ = try await service.transfers.send(grant, by: route, to: .writer { _ in }, onStart: { _ in })
            return nil
        } catch {
            return error
        }
    }

    private func session(_ service: Service, _ request: TransferRequest) async throws -> String {
        try await service.transfers.createSession(for: request, lifetime: 60, by: admin).id
    }

    private func state(_ service: Service, _ id: String) async throws -> StreamSession.State? {
        try await service.store.session(id)?.state
    }

    private func untilRunning(_ service: Service, _ count: Int = 1) async throws {
        while service.transfers.active.count != count { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test func `of many who claim a token at once one gets it`() async throws {
        let service = Service()
        let token = try await service.transfers.createToken(
            for: send, lifetime: 60, maximumUses: 1, byteLimit: nil, by: admin
        ).token
        let granted = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask { (try? await service.transfers.claim(token: token, peer: "unix")) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(granted == 1)
    }

    @Test func `every token that does not work gets one and the same answer`() async throws {
        let service = Service()
        func make(lifetime: Int = 60) async throws -> String {
            try await service.transfers.createToken(
                for: send, lifetime: lifetime, maximumUses: 1, byteLimit: nil, by: admin
            ).token
        }
        let (used, revoked, expired) = (try await make(), try await make(), try await make(lifetime: 0))
        _ = try await service.transfers.claim(token: used, peer: "unix")
        try await service.transfers.revoke(token: revoked, by: admin)
        var errors: Set<RPCError> = []
        let wrong = [
            "", "short", String(repeating: "a", count: 64), String(repeating: "a", count: 513), "\u{0}\u{1}é" + used,
        ]
        for token in [used, revoked, expired] + wrong {
            do throws(RPCError) {
                _ = try await service.transfers.claim(token: token, peer: "192.0.2.1")
                Issue.record("\(token) was taken")
            } catch {
                errors.insert(error)
            }
        }
        #expect(errors.map(\.reason) == ["token_invalid"])
        #expect(errors.first?.code == .credentialsRefused)
        let statistics = try await service.store.statistics()
        #expect(statistics.refused[.used] == 1 && statistics.refused[.expired] == 1)
        #expect(service.observer.entries.count { $0.call.method == "transfer_claim" && $0.isOutcome } == 8)
        #expect(!service.observer.text.contains(used))
    }

    @Test func `a token is not used up when no transfer may start`() async throws {
        let service = Service(replicator: Self.endless(), transferLimit: 1)
        let token = try await service.transfers.createToken(
            for: send, lifetime: 60, maximumUses: 1, byteLimit: nil, by: admin
        ).token
        let grant = try service.transfers.grant(send, to: admin)
        let running = Task { await run(service, grant) }
        try await untilRunning(service)
        await #expect(throws: RPCError.tooManyTransfers(1)) {
            _ = try await service.transfers.claim(token: token, peer: "unix")
        }
        #expect(await run(service, grant) == .tooManyTransfers(1))
        running.cancel()
        #expect(await running.value?.code == .cancelled)
        _ = try await service.transfers.claim(token: token, peer: "unix")
    }

    @Test func `nothing starts beyond the limit`() async throws {
        let replicator = Self.endless()
        let service = Service(replicator: replicator, transferLimit: 3)
        let grant = try service.transfers.grant(send, to: admin)
        let tasks = (0..<20).map { _ in Task { await run(service, grant) } }
        try await untilRunning(service, 3)
        var refused = 0
        while refused < 17 {
            refused = service.observer.entries.count { $0.isOutcome && $0.error?.reason == "overloaded" }
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(replicator.started == 3)
        await service.transfers.cancelAll()
        for task in tasks { #expect(await task.value != nil) }
        #expect(replicator.running == 0 && service.transfers.active.isEmpty)
    }

    @Test func `a session runs once at a time, and again when it has ended`() async throws {
        let service = Service(replicator: Self.endless())
        let id = try await session(service, send)
        let grant = try await service.transfers.begin(session: id, operation: .send, by: admin)
        await #expect(throws: RPCError.streamInUse(id)) {
            _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
        }
        let task = Task { await run(service, grant) }
        try await untilRunning(service)
        #expect(try await state(service, id) == .running)
        await #expect(throws: RPCError.streamInUse(id)) {
            _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
        }
        // A right to one run is not one to two.
        #expect(await run(service, grant) == .streamInUse(id))
        #expect(try await state(service, id) == .running)
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(try await state(service, id) == .failed)
        _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
    }

    @Test func `a session belongs to its maker and to admins without limits`() async throws {
        let service = Service()
        let caller = try #require(try Caller.user(.operator).principal)
        let id = try await service.transfers.createSession(for: send, lifetime: 60, by: caller).id
        let other = Principal(name: "other", role: .operator, kind: .token)
        let limited = Principal(name: "limited", role: .admin, subtrees: [try DatasetName("tank")], kind: .token)
        for stranger in [other, limited] {
            await #expect(throws: RPCError.streamNotFound) {
                _ = try await service.transfers.begin(session: id, operation: .send, by: stranger)
            }
            await #expect(throws: RPCError.streamNotFound) { try await service.transfers.cancel(id, by: stranger) }
        }
        let viewer = Principal(name: caller.name, role: .viewer, kind: .token)
        await #expect(throws: RPCError.self) {
            _ = try await service.transfers.begin(session: id, operation: .send, by: viewer)
        }
        let grant = try await service.transfers.begin(session: id, operation: .send, by: admin)
        #expect(grant.owner == caller.name)
        #expect(await run(service, grant) == nil)
        #expect(try await state(service, id) == .completed)
        _ = try await service.transfers.begin(session: id, operation: .send, by: caller)
    }

    @Test func `the wrong direction uses nothing`() async throws {
        let service = Service()
        let id = try await session(service, receive)
        await #expect(throws: RPCError.wrongOperation(.receive)) {
            _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
        }
        #expect(try await state(service, id) == .pending)
        let grant = try service.transfers.grant(receive, to: admin)
        #expect(await run(service, grant)?.reason == "wrong_operation")
    }

    @Test func `a cancelled transfer is really over, and its session can not be used again`() async throws {
        let replicator = Self.endless()
        let service = Service(replicator: replicator)
        let id = try await session(service, send)
        let grant = try await service.transfers.begin(session: id, operation: .send, by: admin)
        let task = Task { await run(service, grant) }
        try await untilRunning(service)
        try await service.transfers.cancel(id, by: admin)
        #expect(replicator.running == 0 && replicator.cancelled == replicator.started)
        #expect(service.transfers.active.isEmpty)
        #expect(try await state(service, id) == .cancelled)
        #expect(await task.value == .cancelledByRequest)
        await #expect(throws: RPCError.streamNotFound) {
            _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
        }
    }

    @Test func `a transfer of any way is cancelled by its identifier`() async throws {
        let service = Service(replicator: Self.endless())
        let grant = try service.transfers.grant(send, to: admin)
        let task = Task { await run(service, grant) }
        try await untilRunning(service)
        let list = try await service.call("stream_list", by: .principal(admin)).value["result"]?["sessions"]
        let entry = try #require(list?.elements.first)
        #expect(entry["transport"] == "unix" && entry["state"] == "running" && entry["waits_for"] == "nobody")
        guard case .string(let id) = entry["stream_id"] else {
            Issue.record("no identifier")
            return
        }
        let cancel: JSONValue = .object(["stream_id": .string(id)])
        #expect(try await service.failure("stream_cancel", cancel, by: .user(.operator)) == "-32050 stream_not_found")
        #expect(try await service.failure("stream_cancel", cancel, by: .user(.admin)) == nil)
        #expect(await task.value == .cancelledByRequest)
    }

    @Test func `a cancel between the claim and the start is kept`() async throws {
        let replicator = Self.endless()
        let service = Service(replicator: replicator)
        let id = try await session(service, send)
        let grant = try await service.transfers.begin(session: id, operation: .send, by: admin)
        try await service.transfers.cancel(id, by: admin)
        #expect(await run(service, grant) == .cancelledByRequest)
        #expect(replicator.started == 0)
        #expect(try await state(service, id) == .cancelled)
    }

    @Test func `a cancel and a begin at once agree on one of them`() async throws {
        for _ in 0..<200 {
            let service = Service(replicator: Self.endless())
            let id = try await session(service, send)
            let running = Task { () -> RPCError? in
                guard let grant = try? await service.transfers.begin(session: id, operation: .send, by: admin) else {
                    return .streamNotFound
                }
                return await run(service, grant)
            }
            try await service.transfers.cancel(id, by: admin)
            #expect(await running.value != nil)
            #expect(try await state(service, id) == .cancelled)
        }
    }

    @Test func `an unused session is cancelled once and for all`() async throws {
        let service = Service()
        let id = try await session(service, send)
        try await service.transfers.cancel(id, by: admin)
        try await service.transfers.cancel(id, by: admin)
        await #expect(throws: RPCError.streamNotFound) {
            _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
        }
        await #expect(throws: RPCError.streamNotFound) { try await service.transfers.cancel("no/id", by: admin) }
    }

    @Test func `a client that is gone before the start starts nothing`() async throws {
        let replicator = Self.endless()
        let service = Service(replicator: replicator)
        let id = try await session(service, send)
        let grant = try await service.transfers.begin(session: id, operation: .send, by: admin)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await run(service, grant)
        }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(replicator.running == 0)
        #expect(try await state(service, id) == .failed)
        #expect(service.transfers.active.isEmpty)
    }

    @Test func `an end that the store could not take is told later`() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let service = Service(
            replicator: StubReplicator(send: { _, _, _, _ in
                for await _ in gate { break }
                return 7
            }))
        let id = try await session(service, send)
        let grant = try await service.transfers.begin(session: id, operation: .send, by: admin)
        let task = Task { await run(service, grant) }
        try await untilRunning(service)
        service.store.isAway = true
        open.yield()
        #expect(await task.value == nil)
        #expect(!service.transfers.counters.isStoreUp)
        await #expect(throws: RPCError.storeUnavailable) {
            _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
        }
        service.store.isAway = false
        #expect(try await state(service, id) == .running)
        _ = try await service.transfers.begin(session: id, operation: .send, by: admin)
    }

    @Test func `an observer that refuses, and a start that fails, end the session`() async throws {
        let replicator = StubReplicator()
        let refusing = Service(
            refusingWrites: RPCError(.unavailable, "audit_unavailable", "the disk is full"), replicator: replicator)
        let id = try await session(refusing, send)
        let grant = try await refusing.transfers.begin(session: id, operation: .send, by: admin)
        #expect(await run(refusing, grant)?.reason == "audit_unavailable")
        #expect(replicator.started == 0)
        #expect(try await state(refusing, id) == .failed)

        let service = Service()
        let other = try await session(service, send)
        let second = try await service.transfers.begin(session: other, operation: .send, by: admin)
        await #expect(throws: RPCError.self) {
            _ = try await service.transfers.send(
                second, by: route, to: .writer { _ in }, onStart: { _ in throw RPCError(.sendFailed, "x", "y") })
        }
        #expect(try await state(service, other) == .failed)
        #expect(service.transfers.active.isEmpty)
    }

    @Test func `counters tell what ran`() async throws {
        let service = Service(
            replicator: StubReplicator(send: { _, _, _, _ in throw StreamError.stalled(.network, seconds: 60) }))
        #expect(await run(service, try service.transfers.grant(send, to: admin)) != nil)
        let counters = service.transfers.counters
        #expect(counters.stalls == 1 && counters.active.isEmpty && counters.isStoreUp)
        #expect(counters.bytes == [TransferCounters.Key(.send, .unix): 0])
    }
}
