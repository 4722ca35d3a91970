/// The name of a file system or volume, such as `tank/home/anna`.
///
/// At most 255 bytes and 50 levels. It starts with a letter, so no command takes it for an option.
public struct DatasetName: Hashable, Sendable {
    /// The name as OpenZFS writes it.
    public let text: String

    /// Parses a name.
    /// - Throws: `NameError` with the first byte or component that is wrong.
    public init(_ text: String) throws(NameError) {
        try NameRules.checkDataset(text, "dataset name")
        self.text = text
    }

    init(legal text: String) {
        self.text = text
    }

    /// The pool that holds the dataset: everything before the first slash.
    public var pool: PoolName {
        PoolName(legal: String(text.prefix { $0 != "/" }))
    }

    /// The dataset one level up, or nil for the root dataset of a pool.
    public var parent: DatasetName? {
        text.lastIndex(of: "/").map { DatasetName(legal: String(text[..<$0])) }
    }

    /// Whether this is `other` or below it.
    public func isWithin(_ other: DatasetName) -> Bool {
        text == other.text || text.hasPrefix(other.text + "/")
    }
}

extension DatasetName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
