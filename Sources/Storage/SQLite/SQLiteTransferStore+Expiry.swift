internal import GRDB
internal import ZFSRPC

extension SQLiteTransferStore {
    /// A table whose rows expire.
    enum Table: String {
        case tokens, sessions

        /// What holds for rows that are over; a session that runs is not.
        var isExpired: String {
            switch self {
            case .tokens: "(\(Self.clock))"
            case .sessions: "(state <> 'running' AND \(Self.clock))"
            }
        }

        /// What holds for rows that make room for others when there is none.
        var isDispensable: String {
            switch self {
            case .tokens: "uses >= maximum_uses"
            case .sessions: "state IN ('completed', 'cancelled')"
            }
        }

        private static let clock = """
            CASE WHEN boot = :boot AND boot <> '' THEN boot_end <= :sinceBoot
            ELSE wall_end <= :wall OR wall_start > :wall + \(Expiry.skew) END
            """
    }

    /// Expired rows are removed so often, at most; in milliseconds.
    private static let cleaningInterval: Int64 = 60_000

    /// Makes room for one more row of a user, or throws that there is none.
    func makeRoom(
        in table: Table, for user: String, _ now: MachineTime, _ database: Database, _ state: inout State
    ) throws {
        let isDue = state.lastCleaning.map { now.sinceBoot - $0 >= Self.cleaningInterval } ?? true
        if isDue {
            try removeExpired(from: .tokens, now, database)
            try removeExpired(from: .sessions, now, database)
            state.lastCleaning = now.sinceBoot
        }
        if try rows(in: table, of: user, database) >= limits.perUser
            || rows(in: table, of: nil, database) >= limits.total
        {
            try removeExpired(from: table, now, database)
        }
        if try rows(in: table, of: user, database) >= limits.perUser {
            try database.execute(
                sql: "DELETE FROM \(table.rawValue) WHERE user = ? AND \(table.isDispensable)", arguments: [user])
            guard try rows(in: table, of: user, database) < limits.perUser else { throw limits.userIsFull }
        }
        if try rows(in: table, of: nil, database) >= limits.total {
            try database.execute(sql: "DELETE FROM \(table.rawValue) WHERE \(table.isDispensable)")
            guard try rows(in: table, of: nil, database) < limits.total else { throw limits.storeIsFull }
        }
    }

    private func removeExpired(from table: Table, _ now: MachineTime, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM \(table.rawValue) WHERE \(table.isExpired)", arguments: now.arguments())
    }

    private func rows(in table: Table, of user: String?, _ database: Database) throws -> Int {
        guard let user else { return try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table.rawValue)") ?? 0 }
        return try Int.fetchOne(
            database, sql: "SELECT count(*) FROM \(table.rawValue) WHERE user = ?", arguments: [user]) ?? 0
    }
}

extension MachineTime {
    /// The time as the conditions of ``SQLiteTransferStore/Table`` want it, and more.
    func arguments(_ others: [String: (any DatabaseValueConvertible)?] = [:]) -> StatementArguments {
        var arguments: [String: (any DatabaseValueConvertible)?] = ["boot": boot, "sinceBoot": sinceBoot, "wall": wall]
        arguments.merge(others) { _, other in other }
        return StatementArguments(arguments)
    }
}
