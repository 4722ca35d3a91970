internal import Glibc

/// The time of day, which tokens of other moments and other machines are compared with; it may jump.
public struct WallClock: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let seconds: @Sendable () -> Int

    /// Makes a clock.
    public init(seconds: @escaping @Sendable () -> Int) {
        self.seconds = seconds
    }

    /// The real-time clock of the machine.
    public static let system = WallClock {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }
}
