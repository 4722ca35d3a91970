internal import GRDB
public import ZFSRPC

extension SQLiteTransferStore {
    /// Adds a token.
    public func add(_ token: TransferToken, lifetime: Duration) async throws(TransferStoreError) {
        let now = clock.now
        let expiry = Expiry(after: lifetime, from: now)
        try await transaction { [self] database, state in
            try makeRoom(in: .tokens, for: token.user, now, database, &state)
            try database.execute(
                sql: """
                    INSERT INTO tokens (digest, prefix, request, operation, dataset, user, created, expires, maximum_uses,
                      uses, byte_limit, boot, boot_end, wall_start, wall_end)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: try [
                    token.digest.text.bound, token.prefix.bound, token.request.bound, token.operation.rawValue,
                    token.dataset.bound, token.user.bound, token.created, token.expires, token.maximumUses, token.uses,
                    token.byteLimit.map { Int64(clamping: $0) }, expiry.boot, expiry.bootEnd, expiry.wallStart,
                    expiry.wallEnd,
                ])
            try Self.count(StoreCounter.created(token.operation.rawValue), in: database)
        }
    }

    /// Counts one use of a token, if it has one left; the use is on the disk when this returns.
    public func claim(digest: TokenDigest) async throws(TransferStoreError) -> TransferClaim<TransferToken> {
        let now = clock.now
        return try await perform { [self] database, _ in
            if let refusal = try refusal(of: digest, now, database) { return .unknown(refusal) }
            let token = try database.inImmediateTransaction { () -> TransferToken? in
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        UPDATE tokens SET uses = uses + 1
                        WHERE digest = :digest AND uses < maximum_uses AND NOT \(Table.tokens.isExpired) RETURNING *
                        """,
                    arguments: now.arguments(["digest": try digest.text.bound]))
                guard let row = rows.first else { return nil }
                let token = try TransferToken(row)
                try Self.count(StoreCounter.used(token.operation.rawValue), in: database)
                return token
            }
            if let token { return .granted(token) }
            // Another process used or revoked it since it was looked at.
            return .unknown(try refusal(of: digest, now, database) ?? .unknown)
        }
    }

    /// The tokens of a user, oldest first.
    public func tokens(ofUser user: String) async throws(TransferStoreError) -> [TransferToken] {
        let now = clock.now
        return try await perform { database, _ in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM tokens WHERE user = :user AND NOT \(Table.tokens.isExpired)
                    ORDER BY sequence LIMIT \(TransferStoreLimits.listed)
                    """,
                arguments: now.arguments(["user": try user.bound]))
            return try rows.map { try TransferToken($0) }
        }
    }

    /// Removes a token of a user, or of anybody for nil.
    public func revoke(digest: TokenDigest, ofUser user: String?) async throws(TransferStoreError) -> Bool {
        let now = clock.now
        return try await transaction { database, _ in
            let operations = try String.fetchAll(
                database,
                sql: """
                    DELETE FROM tokens WHERE digest = :digest AND user = coalesce(:user, user)
                      AND NOT \(Table.tokens.isExpired) RETURNING operation
                    """,
                arguments: now.arguments(["digest": try digest.text.bound, "user": try user?.bound]))
            guard let operation = operations.first else { return false }
            try Self.count(StoreCounter.revoked(operation), in: database)
            return true
        }
    }

    /// What happened to tokens since the file was made.
    public func statistics() async throws(TransferStoreError) -> TransferStatistics {
        let now = clock.now
        return try await perform { database, _ in
            var counters: [String: UInt64] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT name, value FROM counters") {
                counters[try row.value("name")] = try row.value("value")
            }
            let active = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM tokens WHERE uses < maximum_uses AND NOT \(Table.tokens.isExpired)",
                arguments: now.arguments())
            return TransferStatistics(counters: counters, active: UInt64(clamping: active ?? 0))
        }
    }

    /// Why a token is refused, which is counted; nil when it can be used.
    private func refusal(of digest: TokenDigest, _ now: MachineTime, _ database: Database) throws -> TransferRefusal? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT \(Table.tokens.isExpired) AS is_expired, uses >= maximum_uses AS is_used
                FROM tokens WHERE digest = :digest
                """,
            arguments: now.arguments(["digest": try digest.text.bound]))
        let refusal: TransferRefusal? =
            if let row {
                if try row.value("is_expired", as: Bool.self) {
                    .expired
                } else {
                    try row.value("is_used", as: Bool.self) ? .used : nil
                }
            } else {
                .unknown
            }
        if let refusal { try Self.countLater(StoreCounter.refused(refusal), in: database) }
        return refusal
    }
}
