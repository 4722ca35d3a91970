public import ZFSCommandBuilder

/// What to send.
public struct SendRequest: Sendable, Hashable {
    /// What the receiver has already.
    public enum Origin: Sendable, Hashable {
        /// A snapshot of the same dataset, or the one that it is a clone of.
        case snapshot(SnapshotName)
        /// A bookmark of the same dataset.
        case bookmark(BookmarkName)
    }

    /// The snapshot.
    public var snapshot: SnapshotName
    /// What the receiver has already; nil for a full stream.
    public var origin: Origin?
    /// With everything below, and properties (`-R`).
    public var isRecursive: Bool
    /// Blocks as they are on disk, encrypted ones without their key (`-w`); nil: if the dataset is encrypted.
    public var raw: Bool?
    /// Blocks compressed as they are on disk (`-c`); nil: if the dataset is compressed.
    public var compressed: Bool?
    /// Where an interrupted receive of this very snapshot stands; it decides about everything else.
    public var resumeToken: ResumeToken?

    /// Makes a request.
    public init(
        _ snapshot: SnapshotName,
        from origin: Origin? = nil,
        isRecursive: Bool = false,
        raw: Bool? = nil,
        compressed: Bool? = nil,
        resumeToken: ResumeToken? = nil
    ) {
        self.snapshot = snapshot
        self.origin = origin
        self.isRecursive = isRecursive
        self.raw = raw
        self.compressed = compressed
        self.resumeToken = resumeToken
    }
}
