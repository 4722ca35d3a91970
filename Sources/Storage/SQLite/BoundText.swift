internal import ZFSRPC

extension String {
    /// The text as a value for SQLite, which would end it at a NUL: two names would be one.
    var bound: String {
        get throws {
            guard !utf8.contains(0) else { throw TransferStoreError("a text with a NUL byte cannot be kept") }
            return self
        }
    }
}
