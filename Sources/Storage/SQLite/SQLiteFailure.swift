internal import GRDB
internal import ZFSRPC

/// What went wrong with the file, in sentences for the operator.
enum SQLiteFailure {
    static func foreign(_ path: String) -> TransferStoreError {
        TransferStoreError("\(path) is not a store of transfers; move it away, and a new one is made")
    }

    static func newer(_ path: String, found: Int, known: Int) -> TransferStoreError {
        TransferStoreError(
            "\(path) was made by a newer zfs-apid (schema \(found), this one knows \(known)); install that version again, "
                + "or move the file away, and a new one is made without its tokens")
    }

    static func damaged(_ path: String, _ what: String) -> TransferStoreError {
        TransferStoreError(
            "\(path) is damaged (\(what)); move it and its -wal and -shm files away, and a new one is made without its "
                + "tokens")
    }

    /// The file cannot be opened or made at all.
    static func system(_ path: String, _ what: String, _ number: Int32) -> TransferStoreError {
        TransferStoreError("\(path): \(what): \(ErrorNumber.sentence(number))")
    }

    /// What an error means to the operator.
    static func describe(_ error: any Error, _ path: String) -> TransferStoreError {
        if let error = error as? TransferStoreError { return error }
        guard let error = error as? DatabaseError else { return TransferStoreError("\(path): it cannot be used") }
        let code = error.resultCode
        let message = error.message ?? "SQLite error"
        switch code {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return TransferStoreError("\(path) is locked by another process")
        case .SQLITE_FULL:
            return TransferStoreError("\(path): no space is left on its file system")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return TransferStoreError(
                "\(path) cannot be written (\(message)); check the owner and mode of the file and of its folder, and that "
                    + "the file system is not read-only or full")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return damaged(path, message)
        case .SQLITE_IOERR:
            return TransferStoreError(
                "\(path): reading or writing failed (SQLite \(error.extendedResultCode.rawValue)); check the disk and the "
                    + "space on its file system")
        default:
            return TransferStoreError("\(path): SQLite \(error.extendedResultCode.rawValue): \(message)")
        }
    }

    /// Whether the connection must be given up, and the file looked at again before it is used.
    static func endsConnection(_ error: any Error) -> Bool {
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_CORRUPT?, .SQLITE_NOTADB?, .SQLITE_IOERR?, .SQLITE_CANTOPEN?: true
        default: false
        }
    }
}
