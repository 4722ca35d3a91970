internal import GRDB
public import ZFSRPC

extension SQLiteTransferStore {
    /// Adds a session, which waits for its client.
    public func add(_ session: StreamSession, lifetime: Duration) async throws(TransferStoreError) {
        let now = clock.now
        let expiry = Expiry(after: lifetime, from: now)
        try await transaction { [self] database, state in
            try makeRoom(in: .sessions, for: session.user, now, database, &state)
            try database.execute(
                sql: """
                    INSERT INTO sessions (id, request, operation, dataset, user, created, state, bytes, boot, boot_end,
                      wall_start, wall_end)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: try [
                    session.id.bound, session.request.bound, session.operation.rawValue, session.dataset.bound,
                    session.user.bound, session.created, session.state.rawValue, Int64(clamping: session.bytes),
                    expiry.boot, expiry.bootEnd,
                    expiry.wallStart, expiry.wallEnd,
                ])
        }
    }

    /// A session, unless it is expired.
    public func session(_ id: String) async throws(TransferStoreError) -> StreamSession? {
        let now = clock.now
        return try await perform { database, _ in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM sessions WHERE id = :id AND NOT \(Table.sessions.isExpired)",
                arguments: now.arguments(["id": try id.bound]))
            return try row.map { try StreamSession($0) }
        }
    }

    /// Makes a session `running` for this daemon, unless it runs already, is cancelled or expired.
    public func begin(session id: String) async throws(TransferStoreError) -> TransferClaim<StreamSession> {
        let now = clock.now
        return try await transaction { [owner] database, _ in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    UPDATE sessions SET state = 'running', bytes = 0, owner_node = :node, owner_instance = :instance,
                      owner_boot = :boot
                    WHERE id = :id AND state NOT IN ('running', 'cancelled') AND NOT \(Table.sessions.isExpired)
                    RETURNING *
                    """,
                arguments: now.arguments(["id": try id.bound, "node": owner.node, "instance": owner.instance]))
            if let row = rows.first { return .granted(try StreamSession(row)) }
            let found = try Row.fetchOne(
                database, sql: "SELECT state, \(Table.sessions.isExpired) AS is_expired FROM sessions WHERE id = :id",
                arguments: now.arguments(["id": try id.bound]))
            guard let found else { return .unknown(.unknown) }
            if try found.value("is_expired", as: Bool.self) { return .unknown(.expired) }
            return try found.word("state", as: StreamSession.State.self) == .running ? .inUse : .unknown(.used)
        }
    }

    /// Ends the run of a session, which stays cancelled if it was cancelled.
    public func end(
        session id: String, _ state: StreamSession.State, bytes: UInt64
    ) async throws(TransferStoreError) {
        try await transaction { database, _ in
            try database.execute(
                sql: """
                    UPDATE sessions SET bytes = CASE state WHEN 'cancelled' THEN max(bytes, :bytes) ELSE :bytes END,
                      state = CASE state WHEN 'cancelled' THEN state ELSE :state END
                    WHERE id = :id
                    """,
                arguments: ["id": try id.bound, "state": state.rawValue, "bytes": Int64(clamping: bytes)])
        }
    }

    /// The sessions of a user, or all for nil, oldest first.
    public func sessions(ofUser user: String?) async throws(TransferStoreError) -> [StreamSession] {
        let now = clock.now
        return try await perform { database, _ in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sessions WHERE \(user == nil ? "" : "user = :user AND ")NOT \(Table.sessions.isExpired)
                    ORDER BY sequence LIMIT \(TransferStoreLimits.listed)
                    """,
                arguments: now.arguments(user.map { ["user": try $0.bound] } ?? [:]))
            return try rows.map { try StreamSession($0) }
        }
    }
}
