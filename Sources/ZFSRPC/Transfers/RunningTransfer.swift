public import AsyncZFSExecutor

/// A transfer that runs now.
public struct RunningTransfer: Sendable {
    /// The identifier of its session, or one of its own.
    public let id: String
    /// What it does, and for whom.
    public let grant: TransferGrant
    /// By which way.
    public let route: TransferRoute
    /// What is known of its stream.
    public let control: StreamControl
    /// When it began.
    public let start: ContinuousClock.Instant
    /// When it began: seconds since 1970.
    public let created: Int64
    /// Ends it, and returns when its processes are gone and its session is recorded.
    let cancel: @Sendable () async -> Void

    /// Megabytes (10^6 bytes) a second since it began.
    public var rate: Double {
        let elapsed = start.duration(to: .now) / .seconds(1)
        return elapsed > 0 ? Double(control.bytes) / 1_000_000 / elapsed : 0
    }
}
