internal import GRDB
internal import ZFSRPC

extension Row {
    /// A value that must be there; what a damaged file holds is an error, not the end of the daemon.
    func value<Value: DatabaseValueConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = try optional(column, as: type) else { throw Self.damage(column) }
        return value
    }

    /// A value that may be missing.
    func optional<Value: DatabaseValueConvertible>(_ column: String, as type: Value.Type) throws -> Value? {
        let stored: DatabaseValue = self[column]
        guard !stored.isNull else { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw Self.damage(column) }
        return value
    }

    /// A word of a closed set.
    func word<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws -> Word {
        guard let word = Word(rawValue: try value(column)) else { throw Self.damage(column) }
        return word
    }

    private static func damage(_ column: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the value of \(column) is not valid")
    }
}

extension TransferToken {
    init(_ row: Row) throws {
        self.init(
            digest: TokenDigest(try row.value("digest")), prefix: try row.value("prefix"),
            request: try row.value("request"), operation: try row.word("operation"), dataset: try row.value("dataset"),
            user: try row.value("user"), created: try row.value("created"), expires: try row.value("expires"),
            maximumUses: try row.value("maximum_uses"), uses: try row.value("uses"),
            byteLimit: try row.optional("byte_limit", as: UInt64.self))
    }
}

extension StreamSession {
    init(_ row: Row) throws {
        self.init(
            id: try row.value("id"), request: try row.value("request"), operation: try row.word("operation"),
            dataset: try row.value("dataset"), user: try row.value("user"), created: try row.value("created"),
            state: try row.word("state"), bytes: try row.value("bytes"))
    }
}
