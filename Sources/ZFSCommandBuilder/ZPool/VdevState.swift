/// The state of a pool or device, as `zpool status` prints it (`zpool_state_to_name` in `libzfs_pool.c`).
public enum VdevState: String, Hashable, Sendable, CaseIterable {
    /// It works.
    case online = "ONLINE"
    /// It works with less redundancy.
    case degraded = "DEGRADED"
    /// Too many errors, or wrong contents.
    case faulted = "FAULTED"
    /// Switched off by `zpool offline`.
    case offline = "OFFLINE"
    /// Pulled out while the system ran.
    case removed = "REMOVED"
    /// It can not be opened.
    case unavailable = "UNAVAIL"
    /// It went to another pool by `zpool split`.
    case split = "SPLIT"
    /// Of pools alone: I/O has stopped until `zpool clear`.
    case suspended = "SUSPENDED"
    /// Of hot spares alone: it waits.
    case available = "AVAIL"
    /// Of hot spares alone: it stands in for a device.
    case inUse = "INUSE"
    /// None of the others.
    case unknown = "UNKNOWN"
}
