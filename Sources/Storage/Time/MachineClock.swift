internal import Glibc

/// Tells the time by which tokens and sessions expire.
public struct MachineClock: Sendable {
    private let read: @Sendable () -> MachineTime

    /// Makes a clock of a function.
    public init(_ read: @escaping @Sendable () -> MachineTime) {
        self.read = read
    }

    /// The time now.
    public var now: MachineTime { read() }

    /// The clocks of this machine: `CLOCK_BOOTTIME`, which nobody can set, and `CLOCK_REALTIME` (clock_gettime(2)); the
    /// boot is `/proc/sys/kernel/random/boot_id` (random(4)).
    public static let system: MachineClock = {
        let boot = bootID()
        return MachineClock {
            MachineTime(
                boot: boot, sinceBoot: milliseconds(CLOCK_BOOTTIME), wall: milliseconds(CLOCK_REALTIME))
        }
    }()

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func bootID() -> String {
        let descriptor = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        let text = bytes.prefix(max(0, count)).prefix { $0 > 0x20 }
        return String(decoding: text, as: UTF8.self)
    }
}
