/// Holds a stream to a number of bytes a second.
///
/// Pure: the time is given. The rate may change with every call.
struct TokenBucket {
    /// The time whose bytes may be saved up.
    private static let burst = 0.1

    private var tokens = 0.0
    private var filled: ContinuousClock.Instant?

    /// The bytes that may move now, at least 1, or how long to wait before asking again.
    enum Grant: Equatable {
        case bytes(Int)
        case wait(Duration)
    }

    /// Asks for bytes.
    /// - Parameters:
    ///   - rate: Bytes per second, more than 0.
    ///   - now: The time.
    mutating func ask(rate: UInt64, at now: ContinuousClock.Instant) -> Grant {
        let rate = Double(rate)
        let most = max(1, rate * Self.burst)
        if let filled { tokens = min(most, tokens + (now - filled).inSeconds * rate) }
        filled = now
        // Many tiny pieces would cost more than they carry.
        let least = min(most, 65536)
        if tokens >= least { return .bytes(Int(tokens)) }
        // Short enough for a new rate to be seen soon.
        return .wait(.seconds(min(0.05, (least - tokens) / rate)))
    }

    /// Takes bytes that were moved.
    mutating func take(_ bytes: Int) {
        tokens -= Double(bytes)
    }
}
