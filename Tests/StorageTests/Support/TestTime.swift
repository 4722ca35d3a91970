import Storage
import Synchronization

/// Clocks of a machine that a test sets.
final class TestTime: Sendable {
    private let time = Mutex(MachineTime(boot: "boot-1", sinceBoot: 1_000_000, wall: 1_800_000_000_000))

    static let tenYears: Int64 = 10 * 365 * 86_400_000

    var clock: MachineClock { MachineClock { self.time.withLock { $0 } } }

    /// Lets time pass.
    func advance(_ milliseconds: Int64) {
        time.withLock {
            $0.sinceBoot += milliseconds
            $0.wall += milliseconds
        }
    }

    /// Sets the wall clock forward, or back.
    func jump(_ milliseconds: Int64) {
        time.withLock { $0.wall += milliseconds }
    }

    /// Starts the machine again, or takes another one, with the same wall clock.
    func reboot(_ boot: String = "boot-2") {
        time.withLock {
            $0.boot = boot
            $0.sinceBoot = 5000
        }
    }
}
