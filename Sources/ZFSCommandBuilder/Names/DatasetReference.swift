/// The name of anything in the namespace of datasets: a file system or volume, a snapshot or a bookmark.
public enum DatasetReference: Hashable, Sendable {
    /// A file system or volume.
    case dataset(DatasetName)
    /// A snapshot: the name has `@`.
    case snapshot(SnapshotName)
    /// A bookmark: the name has `#`.
    case bookmark(BookmarkName)

    /// Parses a name; the first `@` or `#` decides what it is.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        switch text.utf8.first(where: { $0 == 0x40 || $0 == 0x23 }) {
        case 0x40: self = .snapshot(try SnapshotName(text))
        case 0x23: self = .bookmark(try BookmarkName(text))
        default: self = .dataset(try DatasetName(text))
        }
    }

    /// The name as OpenZFS writes it.
    public var text: String {
        switch self {
        case .dataset(let name): name.text
        case .snapshot(let name): name.text
        case .bookmark(let name): name.text
        }
    }

    /// The dataset itself, or the one that the snapshot or bookmark belongs to.
    public var dataset: DatasetName {
        switch self {
        case .dataset(let name): name
        case .snapshot(let name): name.dataset
        case .bookmark(let name): name.dataset
        }
    }

    /// The pool that holds it.
    public var pool: PoolName { dataset.pool }
}

extension DatasetReference: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
