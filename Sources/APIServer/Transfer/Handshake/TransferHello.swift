internal import ZFSRPC

/// What a client says first.
enum TransferHello: Sendable {
    /// It shows a token.
    case token(String)
    /// It asks for a transfer, with or without a token.
    case direct(TransferMetadata)

    /// The protocol that the client speaks.
    var dialect: TransferDialect {
        switch self {
        case .token: .token
        case .direct: .header
        }
    }

    /// The first numbers that are the length of a token; a shorter one could be taken for an operation, and be guessed.
    static let tokenBytes: ClosedRange<UInt32> = 16...512
    /// The most bytes of metadata.
    static let metadataBytes: ClosedRange<UInt32> = 2...(64 << 10)

    /// Reads it; nothing is allocated before its length is known to be in bounds, and nothing behind it is taken.
    ///
    /// - Throws: ``TransferHelloError``.
    static func read(
        from connection: any TransferConnection, until deadline: ContinuousClock.Instant
    ) async throws(TransferHelloError) -> TransferHello {
        let first = try await number(from: connection, until: deadline)
        switch first {
        case 1, 2:
            let operation: TransferRequest.Operation = first == 1 ? .send : .receive
            let length = try await number(from: connection, until: deadline)
            guard metadataBytes.contains(length) else {
                throw .refused(.header, "the metadata has \(length) bytes; 2 to 65536 are allowed")
            }
            let bytes = try await bytes(Int(length), from: connection, until: deadline)
            do {
                return .direct(try TransferMetadata(operation, json: bytes))
            } catch {
                throw .invalid(.header, error)
            }
        case tokenBytes:
            let bytes = try await bytes(Int(first), from: connection, until: deadline)
            guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .refused(.token, "a token has only printable ASCII characters")
            }
            return .token(String(decoding: bytes, as: UTF8.self))
        default:
            throw .refused(
                .token, "the first number must be 1 (send) or 2 (receive), or the length of a token, 16 to 512")
        }
    }

    private static func number(
        from connection: any TransferConnection, until deadline: ContinuousClock.Instant
    ) async throws(TransferHelloError) -> UInt32 {
        try await bytes(4, from: connection, until: deadline).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func bytes(
        _ count: Int, from connection: any TransferConnection, until deadline: ContinuousClock.Instant
    ) async throws(TransferHelloError) -> [UInt8] {
        do {
            return try await connection.read(count, until: deadline)
        } catch {
            throw .unfinished(error)
        }
    }
}

/// Why there was no handshake.
enum TransferHelloError: Error {
    /// The client did not say all of it; there is nobody to answer, or nothing to answer to.
    case unfinished(TransferFault)
    /// What it said is not allowed.
    case invalid(TransferDialect, RPCError)

    static func refused(_ dialect: TransferDialect, _ sentence: String) -> TransferHelloError {
        .invalid(dialect, RPCError(.invalidRequest, "invalid_handshake", sentence))
    }
}
