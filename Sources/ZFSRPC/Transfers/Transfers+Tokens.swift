internal import Synchronization
internal import ZFSCommandBuilder
internal import ZFSReplication

/// A transfer token that was just made.
struct IssuedTransferToken: Sendable {
    /// The token itself; a secret.
    let token: String
    /// What the store keeps of it.
    let record: TransferToken
}

extension Transfers {
    /// The lengths that a token may have, by the transfer protocol.
    private static let tokenLengths = 16...512

    /// Checks whether a principal may run a transfer now, for requests that come without a token or session.
    ///
    /// What a principal receives who is limited to subtrees is confined.
    /// - Throws: `RPCError` with code -32042.
    public func grant(_ request: TransferRequest, to principal: Principal) throws(RPCError) -> TransferGrant {
        try principal.check(request)
        return TransferGrant(request.confined(for: principal), by: principal)
    }

    /// Makes a token, which carries the right of its maker to this one transfer.
    /// - Parameters:
    ///   - request: What it allows.
    ///   - lifetime: Seconds until it expires.
    ///   - maximumUses: How many transfers may use it.
    ///   - byteLimit: The most bytes of each; nil for no limit.
    ///   - principal: Who makes it.
    func createToken(
        for request: TransferRequest, lifetime: Int, maximumUses: Int, byteLimit: UInt64?, by principal: Principal
    ) async throws(RPCError) -> IssuedTransferToken {
        let request = try grant(request, to: principal).request
        let token = try secrets.text(bytes: 32)
        let created = Self.secondsSince1970()
        let record = TransferToken(
            digest: try secrets.digest(of: token), prefix: String(token.prefix(8)), request: request.encoded,
            operation: request.operation, dataset: request.dataset.text, user: principal.name, created: created,
            expires: created + Int64(lifetime), maximumUses: maximumUses, uses: 0, byteLimit: byteLimit)
        try await ask { store throws(TransferStoreError) in
            try await store.add(record, lifetime: .seconds(lifetime))
        }
        return IssuedTransferToken(token: token, record: record)
    }

    /// Uses a token once: it counts as used from here on, whatever becomes of the transfer.
    /// - Parameters:
    ///   - token: What the client sent.
    ///   - peer: The client's address without port, or `unix`.
    /// - Throws: `RPCError` with code -32041 and reason `token_invalid` for every token that does not work, -32052 when that
    ///   cannot be found out, or when no transfer may start now; the token is then not used.
    public func claim(token: String, peer: String) async throws(RPCError) -> TransferGrant {
        do throws(RPCError) {
            return try await claim(token)
        } catch {
            let record = CallRecord(
                method: "transfer_claim", isWrite: true, principal: nil, peer: peer, requestID: "", parameters: [])
            for observer in observers { await observer.didRun(record, error: error, duration: .zero) }
            throw error
        }
    }

    private func claim(_ token: String) async throws(RPCError) -> TransferGrant {
        guard Self.tokenLengths.contains(token.utf8.count) else { throw .tokenInvalid }
        if state.withLock({ $0.running.count }) >= limit { throw .tooManyTransfers(limit) }
        let digest = try secrets.digest(of: token)
        let claim = try await ask { store throws(TransferStoreError) in try await store.claim(digest: digest) }
        guard case .granted(let record) = claim else { throw .tokenInvalid }
        guard let request = TransferRequest(encoded: record.request) else {
            throw RPCError(.internalError, "internal_error", "the store holds a token that is not understood")
        }
        // Whoever holds it may do this and nothing else.
        let principal = Principal(
            name: record.user, role: request.operation.role, subtrees: [request.dataset], kind: .token,
            tokenID: record.prefix)
        return TransferGrant(request, by: principal, byteLimit: record.byteLimit)
    }

    /// The tokens of a principal.
    func tokens(of principal: Principal) async throws(RPCError) -> [TransferToken] {
        let user = principal.name
        return try await ask { store throws(TransferStoreError) in try await store.tokens(ofUser: user) }
    }

    /// Makes a token unusable: an own one, or anybody's for an admin without limits.
    /// - Throws: `RPCError` with code -32050 when there is none.
    func revoke(token: String, by principal: Principal) async throws(RPCError) {
        let digest = try secrets.digest(of: token)
        let user = principal.managesTransfersOfAll ? nil : principal.name
        let isRevoked = try await ask { store throws(TransferStoreError) in
            try await store.revoke(digest: digest, ofUser: user)
        }
        if !isRevoked { throw .tokenNotFound }
    }

    /// What happened to tokens.
    func statistics() async throws(RPCError) -> TransferStatistics {
        try await ask { store throws(TransferStoreError) in try await store.statistics() }
    }
}

extension TransferRequest {
    /// The same, but what a principal who is limited to subtrees receives does not reach out of the dataset.
    fileprivate func confined(for principal: Principal) -> TransferRequest {
        guard case .receive(var receive) = self, principal.subtrees != nil else { return self }
        receive.isConfined = true
        return .receive(receive)
    }
}
