public import AsyncZFSExecutor
public import ZFSCommandBuilder

/// What a migration did, dataset by dataset, as both sides tell afterwards.
public struct MigrationReceipt: Sendable, Hashable {
    /// One dataset.
    public struct Entry: Sendable, Hashable {
        /// The snapshot at the source.
        public let source: SnapshotName
        /// The snapshot at the destination.
        public let destination: SnapshotName
        /// The GUID that both have.
        public let guid: UInt64
        /// The transaction group of the snapshot in its pool at the source.
        public let sourceTXG: UInt64
        /// The same at the destination.
        public let destinationTXG: UInt64
        /// How it was done.
        public let action: MigrationAction
        /// How many snapshots the stream brought.
        public let snapshots: Int
        /// The bytes of the stream.
        public let bytes: UInt64
        /// How long the stream took.
        public let duration: Duration
    }

    /// In the order of the plan.
    public var entries: [Entry] = []
    /// The tag of the holds on all of these snapshots, on both sides.
    public var holdTag: HoldTag?
    /// Holds and bookmarks of earlier migrations between the same two that were given up.
    public var released: [String] = []

    /// The bytes of all streams.
    public var bytes: UInt64 { entries.reduce(0) { $0 &+ $1.bytes } }
}

/// What a migration tells while it runs.
public protocol MigrationObserver: Sendable {
    /// The plan is made.
    func didPlan(_ plan: MigrationPlan) async throws
    /// A step begins; its bytes are counted by `control`.
    func willRun(_ step: MigrationPlan.Step, at index: Int, of plan: MigrationPlan, control: StreamControl) async throws
    /// Marks with these tags are given up next, on one side and then on the other.
    ///
    /// When it is broken off in between, only who noted them can tell which are left (``MigrationRequest/releasing``).
    func willRelease(_ tags: [String]) async throws
}
