/// The name of a pool, such as `tank`: at most 239 bytes, a letter first, no slash.
public struct PoolName: Hashable, Sendable {
    /// The name as OpenZFS writes it.
    public let text: String

    /// Parses the name of a pool that exists.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "pool name"
        // ZFS_MAX_DATASET_NAME_LEN - 2 - 2 * strlen(ORIGIN_DIR_NAME), strictly less (pool_namecheck).
        try NameRules.checkLength(text, subject, limit: 239)
        try NameRules.checkBytes(text, subject, NameRules.isComponentByte)
        if let first = text.utf8.first, !NameRules.isLetter(first) {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        try NameRules.checkReserved(text, subject, pool: text)
        self.text = text
    }

    init(legal text: String) {
        self.text = text
    }

    /// Parses the name for a pool that is to be made by `zpool create`, `import` or `split`.
    ///
    /// `zpool_name_valid` refuses more there: `log` and everything that starts with `mirror`, `raidz`, `draid` or `spare`.
    /// - Throws: `NameError` with the first byte or the reserved word.
    public static func new(_ text: String) throws(NameError) -> PoolName {
        let name = try PoolName(text)
        for word in ["mirror", "raidz", "draid", "spare"] where text.hasPrefix(word) {
            throw NameError("pool name", text, .reserved(word))
        }
        if text == "log" { throw NameError("pool name", text, .reserved(text)) }
        return name
    }

    /// The dataset at the top of the pool.
    public var rootDataset: DatasetName { DatasetName(legal: text) }
}

extension PoolName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
