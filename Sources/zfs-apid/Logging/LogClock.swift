import Glibc
import Synchronization
import ZFSRPC

/// The time in front of each log line; the part down to the second is made once a second.
final class LogClock: Sendable {
    private let cached = Mutex<(second: Int, text: [UInt8])>((second: -1, text: []))

    /// Appends the present moment as RFC 3339 with milliseconds, for example `2026-01-31T09:05:00.123Z`.
    func appendNow(to bytes: inout [UInt8]) {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        let second = time.tv_sec
        bytes += cached.withLock { cached in
            if cached.second != second {
                cached = (second, Array(UTCDateTime(secondsSince1970: second).rfc3339.utf8.dropLast()))
            }
            return cached.text
        }
        bytes.append(UInt8(ascii: "."))
        var digits = time.tv_nsec / 1_000_000
        for weight in [100, 10, 1] {
            bytes.append(UInt8(ascii: "0") + UInt8(digits / weight))
            digits %= weight
        }
        bytes.append(UInt8(ascii: "Z"))
    }
}
