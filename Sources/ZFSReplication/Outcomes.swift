public import ZFSCommandBuilder

/// A stream before it is made.
public struct StreamEstimate: Sendable, Hashable {
    /// The flags that were decided.
    public let flags: StreamFlags
    /// The estimated bytes.
    public let bytes: UInt64
    /// Whether it builds on something the receiver has.
    public let isIncremental: Bool

    /// Makes an estimate.
    public init(flags: StreamFlags, bytes: UInt64, isIncremental: Bool) {
        self.flags = flags
        self.bytes = bytes
        self.isIncremental = isIncremental
    }
}

/// The flags of `zfs send` that depend on the dataset.
public struct StreamFlags: Sendable, Hashable {
    /// `-w`.
    public var raw: Bool
    /// `-c`.
    public var compressed: Bool
    /// `-L`.
    public var largeBlocks: Bool
    /// `-e`.
    public var embedded: Bool

    /// Makes flags.
    public init(raw: Bool, compressed: Bool, largeBlocks: Bool, embedded: Bool) {
        self.raw = raw
        self.compressed = compressed
        self.largeBlocks = largeBlocks
        self.embedded = embedded
    }
}

/// A send that went to its end.
public struct SendOutcome: Sendable, Hashable {
    /// The bytes of the stream.
    public let bytes: UInt64
    /// How long it took.
    public let duration: Duration

    /// Makes an outcome.
    public init(bytes: UInt64, duration: Duration) {
        self.bytes = bytes
        self.duration = duration
    }
}

/// A receive that went to its end.
public struct ReceiveOutcome: Sendable, Hashable {
    /// The bytes of the stream.
    public let bytes: UInt64
    /// How long it took.
    public let duration: Duration
    /// The snapshots that are new, those of datasets below too.
    public let snapshots: [SnapshotName]

    /// Makes an outcome.
    public init(bytes: UInt64, duration: Duration, snapshots: [SnapshotName]) {
        self.bytes = bytes
        self.duration = duration
        self.snapshots = snapshots
    }
}
