public import AsyncZFSExecutor
internal import Synchronization
public import ZFSReplication

/// The transfers of the daemon: who may run which, those that run now, and their record.
///
/// Transports bring the bytes and the handshake; what a transfer is, is decided here alone.
///
/// ## Concurrency
/// One mutex guards what runs, what is about to, and the counters; it is never held over a wait. Each transfer is a task of
/// its own, so that it can be ended by others than its client, and so that its end is recorded when its client is gone.
public final class Transfers: Sendable {
    let replicator: any Replicator
    let store: any TransferStore
    let secrets: TransferSecrets
    /// Where clients find the transfers.
    public let endpoints: TransferEndpoints
    let observers: [any CallObserver]
    let limit: Int
    let state = Mutex(TransferState())

    /// Makes it.
    /// - Parameters:
    ///   - replicator: Sends and receives.
    ///   - store: Keeps tokens and sessions.
    ///   - secrets: Makes tokens, and what is kept of them.
    ///   - endpoints: Where clients find the transfers.
    ///   - observers: Follow each transfer, as calls of `transfer_send` and `transfer_receive`, and each refused token, as
    ///     one of `transfer_claim`.
    ///   - limit: The most transfers at once.
    public init(
        replicator: any Replicator, store: any TransferStore, secrets: TransferSecrets,
        endpoints: TransferEndpoints = TransferEndpoints(), observers: [any CallObserver] = [], limit: Int = 128
    ) {
        self.replicator = replicator
        self.store = store
        self.secrets = secrets
        self.endpoints = endpoints
        self.observers = observers
        self.limit = limit
    }

    /// The names by which observers are told of transfers.
    public static let callNames = ["transfer_send", "transfer_receive", "transfer_claim"]

    /// The transfers that run now.
    public var active: [RunningTransfer] { state.withLock { $0.running.values.map(\.transfer) } }

    /// What happened so far.
    public var counters: TransferCounters { state.withLock { $0.currentCounters } }

    /// Runs a transfer that sends.
    /// - Parameters:
    ///   - grant: The right to it.
    ///   - route: By which way, and for whom.
    ///   - sink: Where the bytes go.
    ///   - onStart: As that of `Replicator.send(_:to:control:onStart:)`.
    /// - Throws: `RPCError`; the stream is then not whole, and must not look so to the client.
    public func send(
        _ grant: TransferGrant,
        by route: TransferRoute,
        to sink: StreamSink,
        onStart: @escaping @Sendable ([String]) async throws -> Void
    ) async throws(RPCError) -> SendOutcome {
        try await run(grant, by: route) { [replicator] control in
            guard case .send(let request) = grant.request else { throw RPCError.wrongOperation(.receive) }
            return try await replicator.send(request, to: sink, control: control, onStart: onStart)
        }
    }

    /// Runs a transfer that receives.
    /// - Parameters: As those of ``send(_:by:to:onStart:)``.
    /// - Throws: `RPCError`; details tell how to resume where that can be done.
    public func receive(
        _ grant: TransferGrant,
        by route: TransferRoute,
        from source: StreamSource,
        onStart: @escaping @Sendable ([String]) async throws -> Void
    ) async throws(RPCError) -> ReceiveOutcome {
        try await run(grant, by: route) { [replicator] control in
            guard case .receive(let request) = grant.request else { throw RPCError.wrongOperation(.send) }
            return try await replicator.receive(request, from: source, control: control, onStart: onStart)
        }
    }

    /// Ends all transfers, and returns when their processes are gone.
    public func cancelAll() async {
        await withTaskGroup(of: Void.self) { group in
            for transfer in active { group.addTask { await transfer.cancel() } }
        }
    }

    /// Runs a transfer with its bounds, its place among the running ones, its record and the end of its session.
    ///
    /// When its client's task is cancelled, it is ended; this returns when it is over and recorded.
    func run<Outcome: Sendable>(
        _ grant: TransferGrant,
        by route: TransferRoute,
        _ body: @escaping @Sendable (StreamControl) async throws -> Outcome
    ) async throws(RPCError) -> Outcome {
        let control = StreamControl(byteLimit: grant.byteLimit)
        let id = grant.session ?? Self.newIdentifier()
        let record = grant.record(by: route)
        let task = state.withLock { state in
            let refusal = state.refusal(of: grant, limit: limit)
            let task = Task { () async -> Result<Outcome, RPCError> in
                let start = ContinuousClock.now
                var result: Result<Outcome, RPCError>
                do throws(RPCError) {
                    if let refusal { throw refusal }
                    for observer in self.observers { try await observer.willRun(record) }
                    result = .success(try await self.attempt(grant, control, body))
                } catch {
                    result = .failure(error)
                }
                if refusal == nil { result = self.end(id, result) }
                await self.conclude(grant, result, control, isAdmitted: refusal == nil)
                if refusal == nil { self.remove(id) }
                var error: RPCError?
                if case .failure(let failure) = result { error = failure }
                let duration = start.duration(to: .now)
                for observer in self.observers { await observer.didRun(record, error: error, duration: duration) }
                return result
            }
            if refusal == nil {
                let cancel: @Sendable () async -> Void = {
                    task.cancel()
                    _ = await task.value
                }
                let transfer = RunningTransfer(
                    id: id, grant: grant, route: route, control: control, start: .now, created: Self.secondsSince1970(),
                    cancel: cancel)
                state.running[id] = TransferState.Entry(transfer: transfer)
            }
            return task
        }
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return try result.get()
    }

    private func attempt<Outcome: Sendable>(
        _ grant: TransferGrant, _ control: StreamControl,
        _ body: @Sendable (StreamControl) async throws -> Outcome
    ) async throws(RPCError) -> Outcome {
        do {
            try Task.checkCancellation()
            return try await body(control)
        } catch {
            if case StreamError.stalled = error { state.withLock { $0.counters.stalls += 1 } }
            throw RPCError(of: error, failureCode: grant.request.failureCode)
        }
    }

    /// What came of a transfer, with regard to whether somebody ended it.
    private func end<Outcome>(_ id: String, _ result: Result<Outcome, RPCError>) -> Result<Outcome, RPCError> {
        guard case .failure(let error) = result, error.code == .cancelled else { return result }
        guard state.withLock({ $0.running[id]?.isCancelled ?? false }) else { return result }
        return .failure(.cancelledByRequest)
    }

    /// Records the end of the session that a transfer ran for.
    private func conclude<Outcome>(
        _ grant: TransferGrant, _ result: Result<Outcome, RPCError>, _ control: StreamControl, isAdmitted: Bool
    ) async {
        guard let session = grant.session else { return }
        let (isBegun, isCancelled) = state.withLock { state in
            let mark = state.begun.removeValue(forKey: session)
            return (mark != nil, mark == true || (isAdmitted && state.running[session]?.isCancelled == true))
        }
        // A right that is used twice ends nothing of the first use.
        guard isBegun || isAdmitted else { return }
        var end = StreamSession.State.failed
        if case .success = result { end = .completed }
        await recordEnd(of: session, isCancelled ? .cancelled : end, bytes: control.bytes)
    }

    private func remove(_ id: String) {
        state.withLock { state in
            guard let entry = state.running.removeValue(forKey: id) else { return }
            state.counters.add(entry.transfer)
        }
    }

    /// A name for what has none: 32 hexadecimal digits; no secret.
    private static func newIdentifier() -> String {
        let digits = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)].map { number in
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        return digits.joined()
    }
}

extension TransferGrant {
    /// How the audit log and the metrics see the transfer.
    fileprivate func record(by route: TransferRoute) -> CallRecord {
        CallRecord(
            method: "transfer_\(request.operation.rawValue)", isWrite: true, principal: principal, peer: route.peer,
            requestID: route.id, parameters: Array(request.encoded.utf8))
    }
}

extension TransferRequest {
    /// The code of a failure that has no code of its own.
    var failureCode: RPCError.Code {
        switch self {
        case .send: .sendFailed
        case .receive: .receiveFailed
        }
    }
}
