public import ZFSCommandBuilder

/// Where to put a stream.
public struct ReceiveRequest: Sendable, Hashable {
    /// The file system or volume that the stream becomes, or is added to.
    public var dataset: DatasetName
    /// Roll the dataset back to its newest snapshot first, and let a `-R` stream destroy what the sender no longer has (`-F`).
    public var force: Bool
    /// Keep what came when the stream breaks off, so that it can go on (`-s`).
    public var resumable: Bool
    /// Whether what was received is left unmounted, and properties that reach out of the dataset are not taken from the
    /// stream (`-u`, `-x`): for streams from those who may not do everything on this host.
    public var isConfined: Bool

    /// Makes a request.
    public init(_ dataset: DatasetName, force: Bool, resumable: Bool, isConfined: Bool) {
        self.dataset = dataset
        self.force = force
        self.resumable = resumable
        self.isConfined = isConfined
    }
}
