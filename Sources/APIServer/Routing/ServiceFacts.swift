import ZFSRPC

/// What the daemon knows about itself.
struct ServiceFacts: Sendable {
    let version: String
    let start: ContinuousClock.Instant

    /// The document of `GET /health`; made without a look at ZFS, so that it answers while pools hang.
    func health() -> [UInt8] {
        let uptime = start.duration(to: .now).components.seconds
        let text =
            #"{"status":"healthy","version":\#(JSONText.quoted(version)),"uptime_seconds":\#(uptime)"#
            + #","timestamp":"\#(UTCDateTime.now.rfc3339Milliseconds)"}"#
        return Array(text.utf8)
    }
}
