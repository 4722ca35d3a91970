/// One dataset, or all of them.
public enum DatasetSelection: Sendable, Hashable {
    /// `-a`: all of them.
    case all
    /// One dataset.
    case dataset(DatasetName)

    var argument: String {
        switch self {
        case .all: "-a"
        case .dataset(let name): name.text
        }
    }

    var pool: PoolName? {
        switch self {
        case .all: nil
        case .dataset(let name): name.pool
        }
    }
}
