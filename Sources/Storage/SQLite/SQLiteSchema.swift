internal import GRDB

/// The tables of the store, and how older ones become those of today.
enum SQLiteSchema {
    /// Tells our files from other databases (`PRAGMA application_id`): "zfsa".
    static let applicationID: Int32 = 0x7a66_7361

    /// What each version adds to the one before; the first makes the tables.
    ///
    /// Never change one that was released.
    private static let steps = [
        """
        CREATE TABLE tokens (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
          prefix TEXT NOT NULL,
          request TEXT NOT NULL,
          operation TEXT NOT NULL CHECK (operation IN ('send', 'receive')),
          dataset TEXT NOT NULL,
          user TEXT NOT NULL,
          created INTEGER NOT NULL,
          expires INTEGER NOT NULL,
          maximum_uses INTEGER NOT NULL,
          uses INTEGER NOT NULL CHECK (uses BETWEEN 0 AND maximum_uses),
          byte_limit INTEGER CHECK (byte_limit >= 0),
          boot TEXT NOT NULL,
          boot_end INTEGER NOT NULL,
          wall_start INTEGER NOT NULL,
          wall_end INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX tokens_of_user ON tokens (user, sequence);
        CREATE TABLE sessions (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT NOT NULL UNIQUE,
          request TEXT NOT NULL,
          operation TEXT NOT NULL CHECK (operation IN ('send', 'receive')),
          dataset TEXT NOT NULL,
          user TEXT NOT NULL,
          created INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
          bytes INTEGER NOT NULL CHECK (bytes >= 0),
          owner_node TEXT NOT NULL DEFAULT '',
          owner_instance TEXT NOT NULL DEFAULT '',
          owner_boot TEXT NOT NULL DEFAULT '',
          boot TEXT NOT NULL,
          boot_end INTEGER NOT NULL,
          wall_start INTEGER NOT NULL,
          wall_end INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sessions_of_user ON sessions (user, sequence);
        CREATE TABLE counters (
          name TEXT PRIMARY KEY,
          value INTEGER NOT NULL CHECK (value >= 0)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE tasks (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT NOT NULL UNIQUE,
          user TEXT NOT NULL,
          request TEXT NOT NULL,
          place_host TEXT NOT NULL,
          place_dataset TEXT NOT NULL,
          created INTEGER NOT NULL,
          status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
          started INTEGER,
          ended INTEGER,
          attempts INTEGER NOT NULL DEFAULT 0,
          not_before INTEGER NOT NULL DEFAULT 0,
          owner_instance TEXT NOT NULL DEFAULT '',
          progress TEXT,
          plan TEXT,
          result TEXT,
          error TEXT
        ) STRICT;
        CREATE INDEX tasks_of_status ON tasks (status, sequence);
        CREATE TABLE task_events (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          task TEXT NOT NULL,
          time INTEGER NOT NULL,
          status TEXT NOT NULL,
          what TEXT NOT NULL
        ) STRICT;
        CREATE INDEX task_events_of_task ON task_events (task, sequence);
        """,
        """
        ALTER TABLE tasks ADD COLUMN end_wanted INTEGER NOT NULL DEFAULT 0 CHECK (end_wanted IN (0, 1));
        CREATE INDEX tasks_of_user ON tasks (user, sequence);
        """,
    ]

    /// The version that this program makes (`PRAGMA user_version`).
    static var version: Int { steps.count }

    /// Whose file it is, which version, and whether it is whole.
    static func inspect(_ database: Database, path: String) throws {
        let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == Int64(applicationID) else { throw SQLiteFailure.foreign(path) }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else { throw SQLiteFailure.newer(path, found: found, known: version) }
        guard found > 0 else { throw SQLiteFailure.damaged(path, "it has no tables") }
        let complaint = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? "no answer"
        guard complaint == "ok" else { throw SQLiteFailure.damaged(path, "integrity check: \(complaint.prefix(200))") }
    }

    /// Makes the tables of today, of those of any version before.
    static func migrate(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard found < version else { return .commit }
            for step in steps[found...] { try database.execute(sql: step) }
            try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
            return .commit
        }
    }
}
