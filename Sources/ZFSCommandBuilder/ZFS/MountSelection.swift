/// One file system by its name or mount point, or all of them.
public enum MountSelection: Sendable, Hashable {
    /// `-a`: all of them.
    case all
    /// A file system by its name.
    case dataset(DatasetName)
    /// A file system by its mount point.
    case mountpoint(AbsolutePath)

    var argument: String {
        switch self {
        case .all: "-a"
        case .dataset(let name): name.text
        case .mountpoint(let path): path.text
        }
    }

    var pool: PoolName? {
        switch self {
        case .all, .mountpoint: nil
        case .dataset(let name): name.pool
        }
    }
}
