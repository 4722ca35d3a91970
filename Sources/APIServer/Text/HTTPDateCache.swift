import Glibc
import Synchronization
import ZFSRPC

/// The `Date` header of the present second, made once a second.
final class HTTPDateCache: Sendable {
    private let cached = Mutex<(second: Int, text: String)>((second: -1, text: ""))

    /// The present moment as an HTTP date.
    var now: String {
        var time = timespec()
        // The coarse clock is a memory read, and a second is all the header shows.
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
        let second = time.tv_sec
        return cached.withLock { cached in
            if cached.second != second {
                cached = (second, UTCDateTime(secondsSince1970: second).httpDate)
            }
            return cached.text
        }
    }
}
