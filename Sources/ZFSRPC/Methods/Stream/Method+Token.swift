internal import ZFSCommandBuilder
internal import ZFSReplication

extension Method {
    static let tokenCreateSend = Method(
        "token_create_send", "Makes a token with which whoever holds it may fetch one stream from a transfer socket.",
        .operator,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .optional("from_snapshot", .sendOrigin, "What the receiver has already; without it the stream is full."),
        .optional("raw", .boolean, "Blocks as they are on disk (-w); by default if the dataset is encrypted."),
        .optional("compressed", .boolean, "Blocks compressed as they are on disk (-c); by default if they are."),
        .flag("resumable", isOn: true, "Taken for old clients; whether a stream can go on is the receiver's choice."),
        .flag("recursive", "With everything below, and properties (-R)."),
        .lifetime, .maximumUses, .byteLimit, .resumeToken,
        result: .issuedToken
    ) { call, dataset, snapshot, from, raw, compressed, _, recursive, ttl, uses, bytes, resumeToken in
        let send = SendRequest(
            try SnapshotName(dataset, snapshot), from: try from?.origin(in: dataset), isRecursive: recursive, raw: raw,
            compressed: compressed, resumeToken: resumeToken)
        return try await call.issueToken(for: .send(send), ttl: ttl, uses: uses, bytes: bytes)
    }

    static let tokenCreateReceive = Method(
        "token_create_receive", "Makes a token with which whoever holds it may put one stream into a transfer socket.",
        .admin,
        .required("dataset", .dataset, "The file system or volume that the stream becomes, or is added to."),
        .flag("force", isOn: true, "Roll the dataset back to its newest snapshot first, or replace it (-F)."),
        .flag("resumable", "Keep what came when the stream breaks off, so that it can go on (-s)."),
        .lifetime, .maximumUses, .byteLimit,
        result: .issuedToken
    ) { call, dataset, force, resumable, ttl, uses, bytes in
        let receive = ReceiveRequest(dataset, force: force, resumable: resumable, isConfined: false)
        return try await call.issueToken(for: .receive(receive), ttl: ttl, uses: uses, bytes: bytes)
    }

    static let tokenList = Method(
        "token_list", "Lists the caller's own transfer tokens that are neither expired nor revoked, oldest first.",
        .viewer, scope: .open,
        result: .object([
            "tokens": .array(
                .object([
                    "token_id": .string("the first 8 characters"), "id": .string("the same"),
                    "operation": .choice(["send", "receive"]), "dataset": .string(),
                    "snapshot": .nullable(.string()), "created_at": .string("RFC 3339"),
                    "expires_at": .string("RFC 3339"), "used": .boolean(), "use_count": .integer(),
                    "max_uses": .integer(),
                ]))
        ])
    ) { call in
        let (transfers, principal) = try call.requireTransfers()
        return .object(["tokens": .array(try await transfers.tokens(of: principal).map(\.json))])
    }

    static let tokenRevoke = Method(
        "token_revoke",
        "Makes a transfer token unusable: an own one, or anybody's for an admin without limits. What runs goes on.",
        .viewer, scope: .open, isWrite: true,
        .required("token_id", .transferToken, "The whole token. Never logged."),
        result: .object(["revoked": .constant(true)])
    ) { call, token in
        let (transfers, principal) = try call.requireTransfers()
        try await transfers.revoke(token: token, by: principal)
        return .object(["revoked": true])
    }

    static let tokenStats = Method(
        "token_stats", "Counts what happened to transfer tokens since their store was made.", .viewer, scope: .open,
        result: .object([
            "created": .countsByOperation, "used": .countsByOperation,
            "validation": .object([
                "granted": .integer(), "unknown": .integer(), "expired": .integer(), "used": .integer(),
            ]),
            "revoked": .countsByOperation, "active_tokens": .integer(), "redis_connected": .boolean(),
            "redis_stats": .map(.any()), "store": .choice(["sqlite", "redis"]),
        ])
    ) { call in
        let (transfers, _) = try call.requireTransfers()
        let statistics = try await transfers.statistics()
        let kind = transfers.store.kind
        let granted = statistics.used.values.reduce(0, +)
        return .object([
            "created": .counts(statistics.created), "used": .counts(statistics.used),
            "validation": .object([
                "granted": .integer(granted), "unknown": .integer(statistics.refused[.unknown, default: 0]),
                "expired": .integer(statistics.refused[.expired, default: 0]),
                "used": .integer(statistics.refused[.used, default: 0]),
            ]),
            "revoked": .counts(statistics.revoked), "active_tokens": .integer(statistics.active),
            // It has just answered.
            "redis_connected": .bool(kind == "redis"), "redis_stats": .object([JSONMember]()), "store": .string(kind),
        ])
    }
}

extension Parameter<Int> {
    /// How long a token or session lives.
    static var lifetime: Parameter { .integer("ttl", 1...86_400, default: 300, "Seconds until it expires.") }

    fileprivate static var maximumUses: Parameter {
        .integer("max_uses", 1...10_000, default: 1, "How many transfers may use it.")
    }
}

extension Parameter<Int?> {
    fileprivate static var byteLimit: Parameter {
        .optional("max_bytes", .integer(1...(1 << 53)), "The most bytes of a transfer; without it there is no limit.")
    }
}

extension Parameter<ResumeToken?> {
    /// Where a send goes on.
    static var resumeToken: Parameter {
        .optional(
            "resume_token", .resumeToken,
            "Go on where an interrupted receive of this very snapshot stopped; it decides about everything else.")
    }
}

extension Schema {
    fileprivate static var issuedToken: Schema {
        .object([
            "token": .string("a secret"), "token_id": .string("its first 8 characters"),
            "expires_in": .integer("seconds"), "expires_at": .string("RFC 3339"),
            "operation": .choice(["send", "receive"]), "dataset": .string(), "snapshot": .nullable(.string()),
            "max_uses": .integer(), "socket_tcp": .nullable(.string("host:port")),
            "socket_unix": .nullable(.string("path")),
        ])
    }

    fileprivate static var countsByOperation: Schema { .object(["send": .integer(), "receive": .integer()]) }
}

extension Call {
    /// The transfers of the service, and who calls.
    func requireTransfers() throws(RPCError) -> (Transfers, Principal) {
        if let transfers, let principal { return (transfers, principal) }
        throw RPCError(.unavailable, "streams_unavailable", "this service moves no streams")
    }

    fileprivate func issueToken(
        for request: TransferRequest, ttl: Int, uses: Int, bytes: Int?
    ) async throws(RPCError) -> JSONValue {
        let (transfers, principal) = try requireTransfers()
        let issued = try await transfers.createToken(
            for: request, lifetime: ttl, maximumUses: uses, byteLimit: bytes.map { UInt64($0) }, by: principal)
        let record = issued.record
        return .object([
            "token": .string(issued.token), "token_id": .string(record.prefix), "expires_in": .integer(ttl),
            "expires_at": .moment(record.expires), "operation": .string(record.operation.rawValue),
            "dataset": .string(record.dataset), "snapshot": request.snapshotJSON, "max_uses": .integer(uses),
            "socket_tcp": transfers.endpoints.tcp.map { .string($0) } ?? .null,
            "socket_unix": transfers.endpoints.unix.map { .string($0) } ?? .null,
        ])
    }
}

extension TransferToken {
    fileprivate var json: JSONValue {
        .object([
            "token_id": .string(prefix), "id": .string(prefix), "operation": .string(operation.rawValue),
            "dataset": .string(dataset), "snapshot": TransferRequest(encoded: request)?.snapshotJSON ?? .null,
            "created_at": .moment(created), "expires_at": .moment(expires), "used": .bool(uses > 0),
            "use_count": .integer(uses), "max_uses": .integer(maximumUses),
        ])
    }
}

extension TransferRequest {
    /// The short name of the snapshot that is sent; null for a receive.
    var snapshotJSON: JSONValue {
        switch self {
        case .send(let send): .string(send.snapshot.component.text)
        case .receive: .null
        }
    }
}

extension JSONValue {
    /// Seconds since 1970 in RFC 3339.
    static func moment(_ seconds: Int64) -> JSONValue {
        .string(UTCDateTime(secondsSince1970: Int(seconds)).rfc3339)
    }

    fileprivate static func counts(_ counts: [TransferRequest.Operation: UInt64]) -> JSONValue {
        .object([
            "send": .integer(counts[.send, default: 0]), "receive": .integer(counts[.receive, default: 0]),
        ])
    }
}
