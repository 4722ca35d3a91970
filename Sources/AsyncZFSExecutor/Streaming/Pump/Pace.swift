internal import Glibc

/// Waits between two pipes, so that a pump moves a good piece of a pipe at once.
///
/// A process reads or writes a pipe in small pieces, and each would wake the pump. While it sleeps, the one pipe is drained or
/// the other one filled: neither process waits for it as long as it moves again before that is done.
struct Pace {
    /// Of a pipe of 1 MiB: less than this is a small piece, more than that a large one.
    private static let small = 128 << 10, large = 512 << 10
    /// In microseconds.
    private static let shortest: UInt32 = 50, longest: UInt32 = 5000

    private var moved = 0
    private var sleep = Self.shortest

    /// Notes bytes that were moved.
    mutating func note(_ bytes: Int) { moved += bytes }

    /// Sleeps a moment when little was moved since the last time.
    mutating func rest() {
        if moved > Self.large {
            sleep = max(Self.shortest, sleep / 2)
        } else if moved < Self.small {
            sleep = min(Self.longest, sleep * 2)
        }
        moved = 0
        usleep(sleep)
    }
}
