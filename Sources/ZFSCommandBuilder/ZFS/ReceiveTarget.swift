/// Where `zfs receive` puts a stream.
public enum ReceiveTarget: Sendable, Hashable {
    /// A dataset; the snapshot is called as in the stream.
    case dataset(DatasetName)
    /// Just this snapshot.
    case snapshot(SnapshotName)

    /// The name as OpenZFS writes it.
    public var text: String {
        switch self {
        case .dataset(let name): name.text
        case .snapshot(let name): name.text
        }
    }

    /// The pool that holds it.
    public var pool: PoolName {
        switch self {
        case .dataset(let name): name.pool
        case .snapshot(let name): name.dataset.pool
        }
    }
}
