/// What may be tried again: reads, when the error may pass.
///
/// A change is never sent twice.
enum RetryPolicy {
    private static let longest = 30.0

    /// Seconds to wait before a read is tried again; nil when that is no use, or would take more than 30 seconds.
    /// - Parameters:
    ///   - error: Why the last try failed.
    ///   - attempt: How many tries failed before it.
    static func pause(after error: ClientError, attempt: Int) -> Double? {
        guard error.isRetryable else { return nil }
        var seconds = 0.25 * Double(1 << min(attempt, 8))
        if error.kind == .rateLimited, let asked = error.retryAfter { seconds = asked }
        return seconds <= longest ? seconds : nil
    }
}
