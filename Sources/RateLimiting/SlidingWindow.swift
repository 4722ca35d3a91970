/// The requests of one key: those of the present window, and those of the window before.
///
/// The window that slides is taken to hold the present count and, of the count before, the share that still overlaps.
/// So a key is never allowed more than its limit in one of these windows, and never more than twice the limit in any
/// stretch as long as a window: the most is reached by who sends all at the end of one window and goes on in the next.
/// Over many windows it is one limit a window.
///
/// Times are nanoseconds of a clock that does not jump.
struct SlidingWindow {
    /// When the present window began: with the first request after a pause.
    private(set) var start: Int64 = 0
    private(set) var count: UInt32 = 0
    private(set) var countBefore: UInt32 = 0

    /// Whether nothing is counted.
    var isEmpty: Bool { count == 0 && countBefore == 0 }

    /// Goes on to the window of `now`.
    mutating func advance(to now: Int64, length: Int64) {
        let elapsed = now - start
        guard elapsed >= length || isEmpty else { return }
        if elapsed >= length, elapsed - length < length {
            start += length
            countBefore = count
        } else {
            start = now
            countBefore = 0
        }
        count = 0
    }

    /// The requests that count at a time in the present window or after it.
    func used(at now: Int64, length: Int64) -> Int {
        let elapsed = now - start
        guard elapsed >= length else {
            return Int(count) + Self.share(of: countBefore, rest: min(length - elapsed, length), length: length)
        }
        guard elapsed - length < length else { return 0 }
        return Self.share(of: count, rest: length - (elapsed - length), length: length)
    }

    /// Counts one request more.
    mutating func record() {
        if count < .max { count += 1 }
    }

    /// How long until nothing is counted any more, in nanoseconds.
    ///
    /// Call ``advance(to:length:)`` before.
    func timeUntilEmpty(at now: Int64, length: Int64) -> Int64 {
        guard !isEmpty else { return 0 }
        return start + (count > 0 ? 2 * length : length) - now
    }

    /// How long until one more request is allowed if none comes before, in nanoseconds; 0 when it is allowed now.
    ///
    /// Call ``advance(to:length:)`` before.
    func timeUntilAllowed(at now: Int64, length: Int64, limit: Int) -> Int64 {
        guard limit > 0 else { return length }
        guard used(at: now, length: length) >= limit else { return 0 }
        let rest = start + length - now
        if Int(count) < limit {
            return rest - Self.longestRest(of: countBefore, room: limit - Int(count), length: length)
        }
        // The present count must first become the count before.
        return rest + length - Self.longestRest(of: count, room: limit, length: length)
    }

    /// What `rest` of a window still holds of its `count` requests, taken as evenly spread.
    private static func share(of count: UInt32, rest: Int64, length: Int64) -> Int {
        guard count > 0, rest < length else { return Int(count) }
        let product = UInt64(count).multipliedFullWidth(by: UInt64(rest))
        return Int(UInt64(length).dividingFullWidth(product).quotient)
    }

    /// The most that may be left of a window for `count` requests of the window before it to weigh less than `room`.
    private static func longestRest(of count: UInt32, room: Int, length: Int64) -> Int64 {
        guard Int(count) >= room else { return length }
        let product = UInt64(room).multipliedFullWidth(by: UInt64(length))
        let (quotient, remainder) = UInt64(count).dividingFullWidth(product)
        return Int64(quotient) - (remainder == 0 ? 1 : 0)
    }
}
