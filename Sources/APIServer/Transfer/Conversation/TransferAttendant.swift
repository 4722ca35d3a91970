internal import Logging
internal import ServiceLifecycle
internal import ZFSRPC

/// Serves accepted connections of the transfer sockets, from the handshake to the last answer.
struct TransferAttendant: Sendable {
    let application: TransferApplication
    let limits: TransferLimits
    private let counts: ConnectionCounts
    private let logger: Logger
    private let requestIDs = RequestIDs()
    private let refusedPeers: RefusedPeers

    init(_ application: TransferApplication, limits: TransferLimits, counts: ConnectionCounts, logger: Logger) {
        self.application = application
        self.limits = limits
        self.counts = counts
        self.logger = logger
        refusedPeers = RefusedPeers(access: application.access)
    }

    /// Serves one connection to its end.
    func serve(_ connection: some TransferConnection, _ peer: Peer) async {
        let id = requestIDs.next()
        var log = logger
        log[metadataKey: "request_id"] = .string(id)
        log[metadataKey: "peer"] = .string(peer.text)
        log.debug("transfer connection accepted")
        let deadline = ContinuousClock.now + limits.handshakeTimeout
        // A daemon that stops does not wait for those who have not even said what they want.
        let hello = await cancelWhenGracefulShutdown {
            do throws(TransferHelloError) {
                return Result<TransferHello, TransferHelloError>.success(
                    try await TransferHello.read(from: connection, until: deadline))
            } catch {
                return .failure(error)
            }
        }
        switch hello {
        case .success(let hello):
            let conversation = TransferConversation(
                connection: connection, dialect: hello.dialect, id: id, limits: limits, log: log)
            do throws(RPCError) {
                let grant = try await grant(hello, to: peer, id: id)
                let transport: TransferTransport = peer.credentials == nil ? .tcp : .unix
                await conversation.run(
                    grant, by: TransferRoute(transport, peer: peer.address, id: id), with: application.transfers)
            } catch {
                counts.refuse(.transfer)
                await conversation.refuse(error)
            }
        case .failure(.invalid(let dialect, let error)):
            counts.refuse(.transfer)
            let conversation = TransferConversation(
                connection: connection, dialect: dialect, id: id, limits: limits, log: log)
            await conversation.refuse(error)
        case .failure(.unfinished(let fault)):
            if fault != .cancelled { counts.refuse(.transfer) }
            log.info("transfer refused", metadata: ["reason": "handshake_\(fault)"])
        }
    }

    /// Decides whether the client may have the transfer that it asks for.
    private func grant(_ hello: TransferHello, to peer: Peer, id: String) async throws(RPCError) -> TransferGrant {
        let transfers = application.transfers
        let metadata: TransferMetadata
        switch hello {
        case .token(let token):
            return try await claim(token, of: peer)
        case .direct(let direct):
            metadata = direct
        }
        if let token = metadata.token {
            let grant = try await claim(token, of: peer)
            try metadata.check(grant.request)
            return grant
        }
        let request = try metadata.request()
        guard let principal = application.access.transferPrincipal(of: peer) else {
            let error = RPCError(
                .authenticationRequired, "authentication_required",
                "a transfer token is needed: token_create_\(metadata.operation.rawValue) makes one; "
                    + "give it as token in the metadata")
            await tell(error, peer, id)
            throw error
        }
        do {
            return try transfers.grant(request, to: principal)
        } catch {
            await tell(error, peer, id, principal)
            throw error
        }
    }

    private func claim(_ token: String, of peer: Peer) async throws(RPCError) -> TransferGrant {
        if let wait = refusedPeers.wait(of: peer) {
            throw RPCError(
                .rateLimited, "rate_limited",
                "too many tokens of this client were refused; try again in \(wait.components.seconds + 1) s",
                isRetryable: true)
        }
        do {
            return try await application.transfers.claim(token: token, peer: peer.address)
        } catch {
            if error.code == .credentialsRefused { await refusedPeers.add(peer) }
            throw error
        }
    }

    private func tell(_ error: RPCError, _ peer: Peer, _ id: String, _ principal: Principal? = nil) async {
        let record = CallRecord(
            method: nil, isWrite: true, principal: principal, peer: peer.address, requestID: id, parameters: [])
        await application.refusals?.didRefuse(record, with: error)
    }
}
