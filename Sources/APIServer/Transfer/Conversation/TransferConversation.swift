internal import AsyncZFSExecutor
internal import Logging
internal import Synchronization
internal import ZFSCommandBuilder
internal import ZFSRPC
internal import ZFSReplication

/// What is said on one connection after its handshake, in the dialect that its client speaks.
struct TransferConversation<Connection: TransferConnection>: Sendable {
    let connection: Connection
    let dialect: TransferDialect
    /// The identifier of the connection, in logs and answers.
    let id: String
    let limits: TransferLimits
    let log: Logger

    /// Tells the client why there is no transfer, and closes.
    func refuse(_ error: RPCError) async {
        log.info("transfer refused", metadata: ["reason": .string(error.reason)])
        await end { try await write(firstAnswer(.failed(error, id: id))) }
    }

    /// Runs a transfer to its end, tells the client how it ended, and closes.
    func run(_ grant: TransferGrant, by route: TransferRoute, with transfers: Transfers) async {
        let clock = ContinuousClock.now
        let start = TransferStart()
        let result: Result<UInt64, RPCError>
        switch grant.request.operation {
        case .send: result = await send(grant, by: route, with: transfers, start)
        case .receive: result = await receive(grant, by: route, with: transfers, start)
        }
        var metadata: Logger.Metadata = [
            "operation": .string(grant.request.operation.rawValue), "dataset": .string(grant.request.dataset.text),
            "user": .string(grant.principal.name), "duration_us": "\(clock.duration(to: .now).microseconds)",
        ]
        switch result {
        case .success(let bytes): metadata["bytes"] = .stringConvertible(bytes)
        case .failure(let error): metadata["reason"] = .string(error.reason)
        }
        log.info("transfer ended", metadata: metadata)
    }

    private func send(
        _ grant: TransferGrant, by route: TransferRoute, with transfers: Transfers, _ start: TransferStart
    ) async -> Result<UInt64, RPCError> {
        let sink = connection.sink(dialect == .token ? .lengthPrefixed : .none)
        let result = await connection.endingWithClient {
            do throws(RPCError) {
                let outcome = try await transfers.send(grant, by: route, to: sink) { arguments in
                    try await tellStart(grant, arguments, start)
                }
                return Result<UInt64, RPCError>.success(outcome.bytes)
            } catch {
                return .failure(error)
            }
        }
        switch (result, dialect) {
        case (.success, .token):
            await end {
                if !start.isTold { try await tellStart(grant, [], start) }
                try await write(TransferMessage.endMark)
            }
        case (.success, .header):
            await end { if !start.isTold { try await tellStart(grant, [], start) } }
        case (.failure(let error), _) where !start.isTold:
            await end { try await write(firstAnswer(.failed(error, id: id))) }
        case (.failure(let error), .token):
            await end { try await write(TransferMessage.errorMark + TransferMessage.failed(error, id: id).withLength) }
        case (.failure, .header):
            // Bytes have no place for an error, and an end would look like that of the stream.
            await connection.reset()
        }
        return result
    }

    private func receive(
        _ grant: TransferGrant, by route: TransferRoute, with transfers: Transfers, _ start: TransferStart
    ) async -> Result<UInt64, RPCError> {
        let message: TransferMessage
        let result: Result<UInt64, RPCError>
        do throws(RPCError) {
            let outcome = try await transfers.receive(grant, by: route, from: connection.source) { arguments in
                try await tellStart(grant, arguments, start)
            }
            message = .completed(outcome, id: id)
            result = .success(outcome.bytes)
        } catch {
            message = .failed(error, id: id)
            result = .failure(error)
        }
        await end {
            if !start.isTold {
                try await write(firstAnswer(message))
            } else {
                try await write(dialect == .token ? message.withLength : message.line)
            }
        }
        return result
    }

    private func tellStart(_ grant: TransferGrant, _ arguments: [String], _ start: TransferStart) async throws {
        log.info(
            "transfer started",
            metadata: [
                "operation": .string(grant.request.operation.rawValue),
                "dataset": .string(grant.request.dataset.text), "user": .string(grant.principal.name),
            ])
        start.tell()
        try await write(firstAnswer(.started(grant.request, arguments: arguments, id: id)))
    }

    private func firstAnswer(_ message: TransferMessage) -> [UInt8] {
        dialect == .token ? message.withLength : message.padded
    }

    private func write(_ bytes: [UInt8]) async throws(TransferFault) {
        try await connection.write(bytes, until: .now + limits.answerTimeout)
    }

    private func end(_ lastWord: @escaping @Sendable () async throws -> Void) async {
        await connection.end(
            drain: limits.drain,
            onLoss: { log.debug("the client did not take the last answer", metadata: ["problem": "\($0)"]) },
            lastWord)
    }
}

/// Whether the client was told that the transfer runs.
private final class TransferStart: Sendable {
    private let flag = Atomic<Bool>(false)

    var isTold: Bool { flag.load(ordering: .acquiring) }

    func tell() { flag.store(true, ordering: .releasing) }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
