internal import Glibc
internal import Synchronization

extension Transfers {
    /// Asks the store, to the end even when the caller is cancelled: what it did must be known.
    func ask<Value: Sendable>(
        _ question: @escaping @Sendable (any TransferStore) async throws(TransferStoreError) -> Value
    ) async throws(RPCError) -> Value {
        let answer = await Task { [store] () async -> Result<Value, TransferStoreError> in
            do throws(TransferStoreError) {
                return .success(try await question(store))
            } catch {
                return .failure(error)
            }
        }.value
        switch answer {
        case .success(let value):
            state.withLock { $0.counters.isStoreUp = true }
            return value
        case .failure(let error) where error.isFull: throw .storeFull
        case .failure:
            state.withLock { $0.counters.isStoreUp = false }
            throw .storeUnavailable
        }
    }

    /// Records the end of a session's run; when the store is away, it is told later.
    func recordEnd(of session: String, _ end: StreamSession.State, bytes: UInt64) async {
        do throws(RPCError) {
            try await ask { store throws(TransferStoreError) in
                try await store.end(session: session, end, bytes: bytes)
            }
            state.withLock { $0.unrecorded[session] = nil }
        } catch {
            state.withLock { state in
                guard state.unrecorded.count < TransferState.unrecordedLimit else { return }
                state.unrecorded[session] = (end, bytes)
            }
        }
    }

    /// Tells the store an end that it could not take before.
    func settle(_ session: String) async throws(RPCError) {
        guard let end = state.withLock({ $0.unrecorded[session] }) else { return }
        try await ask { store throws(TransferStoreError) in
            try await store.end(session: session, end.state, bytes: end.bytes)
        }
        state.withLock { $0.unrecorded[session] = nil }
    }

    /// The time by the wall clock.
    static func secondsSince1970() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
