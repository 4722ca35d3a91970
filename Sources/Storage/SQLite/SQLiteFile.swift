internal import GRDB
internal import Glibc
internal import ZFSRPC

/// The file of the store: made whole or not at all, looked at before it is used, and never replaced.
enum SQLiteFile {
    /// How long to wait for the lock of another process.
    private static let patience = 0.8
    /// How large the write-ahead log stays after it was large; in bytes.
    private static let logBytes = 4 << 20

    /// Opens the file, and makes it when there is none.
    static func open(_ path: String) throws -> DatabaseQueue {
        var status = stat()
        if unsafe lstat(path, &status) != 0 {
            guard errno == ENOENT else { throw SQLiteFailure.system(path, "it cannot be looked at", errno) }
            try create(path)
        } else {
            guard status.st_mode & S_IFMT == S_IFREG else { throw SQLiteFailure.foreign(path) }
            // An empty file is an empty database for SQLite; ours never is.
            guard status.st_size > 0 else { throw SQLiteFailure.damaged(path, "it is empty") }
            if status.st_mode & 0o077 != 0, unsafe chmod(path, 0o600) != 0 {
                throw SQLiteFailure.system(path, "others may read it, and that cannot be changed", errno)
            }
        }
        // Looked at without the right to write: nothing is changed in a file that is not whole, or not ours.
        var reading = Configuration()
        reading.readonly = true
        reading.busyMode = .timeout(patience)
        let inspection = try DatabaseQueue(path: path, configuration: reading)
        try inspection.inDatabase { try SQLiteSchema.inspect($0, path: path) }
        try inspection.close()

        var writing = Configuration()
        writing.busyMode = .timeout(patience)
        writing.journalMode = .wal
        // A transaction that a broken disk left open is undone by the store; GRDB would end the daemon.
        writing.allowsUnsafeTransactions = true
        let queue = try DatabaseQueue(path: path, configuration: writing)
        try queue.inDatabase { database in
            // GRDB sets NORMAL for WAL, by which a commit does not survive a power cut. Transactions set it again.
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF")
            _ = try Int.fetchOne(database, sql: "PRAGMA journal_size_limit = \(logBytes)")
            try SQLiteSchema.migrate(database)
        }
        return queue
    }

    /// Makes the file under another name first, so that one which is empty or half made is never found under its own.
    private static func create(_ path: String) throws {
        // A log of a file that is gone would be played into the new one.
        for leftover in ["-wal", "-shm", "-journal", ".new", ".new-journal"] { unsafe unlink(path + leftover) }
        let new = path + ".new"
        // SQLite gives its other files the mode of this one.
        let descriptor = unsafe Glibc.open(new, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SQLiteFailure.system(path, "it cannot be made", errno) }
        close(descriptor)
        defer { unsafe unlink(new) }
        let queue = try DatabaseQueue(path: new)
        try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try SQLiteSchema.migrate(database)
        }
        try queue.close()
        // Unlike rename(2) this does not replace what another process made meanwhile.
        guard unsafe link(new, path) == 0 || errno == EEXIST else {
            throw SQLiteFailure.system(path, "it cannot be made", errno)
        }
        try synchronizeFolder(of: path)
    }

    private static func synchronizeFolder(of path: String) throws {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SQLiteFailure.system(folder, "it cannot be opened", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SQLiteFailure.system(folder, "it cannot be written", errno) }
    }
}
