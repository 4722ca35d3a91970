/// A kind of dataset, as `-t` of `zfs list` and `zfs get` takes it.
public enum DatasetType: String, Sendable, Hashable, CaseIterable {
    /// File systems.
    case filesystem
    /// Volumes.
    case volume
    /// Snapshots.
    case snapshot
    /// Bookmarks.
    case bookmark
    /// All of them.
    case all
}
