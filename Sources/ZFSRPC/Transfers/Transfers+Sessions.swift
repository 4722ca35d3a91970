internal import Synchronization
internal import ZFSCommandBuilder

extension Transfers {
    /// Makes a session: a transfer that its maker can run at `/stream/{id}`, also several times, until it expires.
    func createSession(
        for request: TransferRequest, lifetime: Int, by principal: Principal
    ) async throws(RPCError) -> StreamSession {
        let request = try grant(request, to: principal).request
        let session = StreamSession(
            id: try secrets.text(bytes: 16), request: request.encoded, operation: request.operation,
            dataset: request.dataset.text, user: principal.name, created: Self.secondsSince1970())
        try await ask { store throws(TransferStoreError) in try await store.add(session, lifetime: .seconds(lifetime)) }
        return session
    }

    /// Takes a session for one transfer, which must be run next.
    /// - Throws: `RPCError` with code -32050 when there is none for this principal, -32051 when it is in use
    ///   (`stream_in_use`) or goes the other way (`wrong_operation`), -32042 when the principal may not run it any more,
    ///   -32052 when the store is away or no transfer may start now.
    public func begin(
        session id: String, operation: TransferRequest.Operation, by principal: Principal
    ) async throws(RPCError) -> TransferGrant {
        let session = try await session(id, for: principal)
        guard session.state != .cancelled else { throw .streamNotFound }
        guard session.operation == operation else { throw .wrongOperation(session.operation) }
        guard let stored = TransferRequest(encoded: session.request) else {
            throw RPCError(.internalError, "internal_error", "the store holds a stream that is not understood")
        }
        let request = try grant(stored, to: principal).request
        let refusal = state.withLock { state -> RPCError? in
            if state.cancelling.contains(id) { return .streamNotFound }
            if state.running[id] != nil || state.begun[id] != nil { return .streamInUse(id) }
            if state.running.count >= limit { return .tooManyTransfers(limit) }
            state.begun[id] = false
            return nil
        }
        if let refusal { throw refusal }
        do throws(RPCError) {
            try await settle(id)
            switch try await ask({ store throws(TransferStoreError) in try await store.begin(session: id) }) {
            case .granted: break
            case .unknown: throw .streamNotFound
            case .inUse: throw .streamInUse(id)
            }
        } catch {
            state.withLock { $0.begun[id] = nil }
            throw error
        }
        return TransferGrant(request, by: principal, owner: session.user, session: id)
    }

    /// Ends a transfer of any transport, or makes a session unusable that nobody uses.
    ///
    /// When it returns, the processes are gone.
    /// - Throws: `RPCError` with code -32050 when there is none for this principal.
    public func cancel(_ id: String, by principal: Principal) async throws(RPCError) {
        enum Finding { case running(RunningTransfer), begun, idle, foreign }
        let isForAll = principal.managesTransfersOfAll
        let name = principal.name
        var finding = state.withLock { state -> Finding in
            guard let entry = state.running[id] else { return .idle }
            guard isForAll || entry.transfer.grant.owner == name else { return .foreign }
            state.running[id]?.isCancelled = true
            return .running(entry.transfer)
        }
        if case .idle = finding {
            _ = try await session(id, for: principal)
            finding = state.withLock { state in
                if let entry = state.running[id] {
                    state.running[id]?.isCancelled = true
                    return .running(entry.transfer)
                }
                if state.begun[id] != nil {
                    state.begun[id] = true
                    return .begun
                }
                state.cancelling.insert(id)
                return .idle
            }
        }
        switch finding {
        case .running(let transfer): await transfer.cancel()
        case .begun: break
        case .foreign: throw .streamNotFound
        case .idle:
            defer { state.withLock { _ = $0.cancelling.remove(id) } }
            // It may have been used, or cancelled, since it was looked at.
            let session = try await session(id, for: principal)
            guard session.state != .cancelled else { return }
            if session.state == .running, !state.withLock({ $0.unrecorded[id] != nil }) {
                throw RPCError(
                    .conflict, "stream_in_use",
                    "stream \(id) is used through another daemon; cancel it there, or wait until it has ended")
            }
            let bytes = session.bytes
            try await ask { store throws(TransferStoreError) in
                try await store.end(session: id, .cancelled, bytes: bytes)
            }
            state.withLock { $0.unrecorded[id] = nil }
        }
    }

    /// The sessions that a principal may see: its own, or all for an admin without limits.
    func sessions(for principal: Principal) async throws(RPCError) -> [StreamSession] {
        let user = principal.managesTransfersOfAll ? nil : principal.name
        return try await ask { store throws(TransferStoreError) in try await store.sessions(ofUser: user) }
    }

    /// The running transfers that a principal may see, oldest first.
    func active(for principal: Principal) -> [RunningTransfer] {
        active.filter { principal.managesTransfersOfAll || $0.grant.owner == principal.name }
            .sorted { $0.start < $1.start }
    }

    /// A session that a principal may use.
    private func session(_ id: String, for principal: Principal) async throws(RPCError) -> StreamSession {
        // Nothing else is an identifier, so nothing else gets to the store.
        guard id.utf8.count == 32, id.utf8.allSatisfy(HexDigits.isLower) else { throw .streamNotFound }
        let session = try await ask { store throws(TransferStoreError) in try await store.session(id) }
        guard let session, principal.managesTransfersOfAll || session.user == principal.name else {
            throw .streamNotFound
        }
        return session
    }
}
