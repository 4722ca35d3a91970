/// What a service tells systemd about itself: one line of a notification (`sd_notify(3)`).
enum ServiceState: Sendable, Hashable {
    /// It has started and answers.
    case ready
    /// A line for a person, shown by `systemctl status`.
    case status(String)
    /// It reads its configuration again; ``ready`` ends it. The time is that of `CLOCK_MONOTONIC` in microseconds.
    case reloading(at: UInt64)
    /// It is about to end.
    case stopping
    /// It works: the sign that the watchdog waits for.
    case watchdog
    /// It needs this many more microseconds for what it is doing, counted from now.
    case extendTimeout(UInt64)

    /// The assignment without its newline.
    var assignment: String {
        switch self {
        case .ready: "READY=1"
        // A newline would begin another assignment.
        case .status(let text): "STATUS=" + String(text.map { $0.isNewline ? " " : $0 })
        case .reloading(let time): "RELOADING=1\nMONOTONIC_USEC=\(time)"
        case .stopping: "STOPPING=1"
        case .watchdog: "WATCHDOG=1"
        case .extendTimeout(let time): "EXTEND_TIMEOUT_USEC=\(time)"
        }
    }
}
