/// How far a migration is.
public struct MigrationProgress: Codable, Hashable, Sendable {
    /// Bytes so far.
    public let bytesTransferred: Int
    /// Bytes of all, as estimated.
    public let bytesTotal: Int
    /// 0 to 100.
    public let percentage: Double
    /// 10^6 bytes a second, over the last 10 seconds.
    public let rateMbps: Double
    /// Seconds that are left.
    public let etaSeconds: Int?
    /// Who slows it down: `nobody`, `sender`, `receiver`, `network`, `pool` or `throttle`.
    public let waitsFor: String?

    private enum CodingKeys: String, CodingKey {
        case percentage
        case bytesTransferred = "bytes_transferred"
        case bytesTotal = "bytes_total"
        case rateMbps = "rate_mbps"
        case etaSeconds = "eta_seconds"
        case waitsFor = "waits_for"
    }
}
