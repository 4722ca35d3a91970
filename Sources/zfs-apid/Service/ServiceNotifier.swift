import CLinux
import Glibc

/// Tells systemd how the service is: one datagram to the socket that `$NOTIFY_SOCKET` names (`sd_notify(3)`).
///
/// Where there is no such variable, as in a terminal, nothing is sent and nothing is wrong.
struct ServiceNotifier: Sendable {
    /// How often systemd wants a sign, nil when it does not watch this process (`sd_watchdog_enabled(3)`).
    let watchdogInterval: Duration?
    /// The path of the socket, `@` in front of an abstract one; nil when nobody listens.
    private let socket: String?

    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`.
    ///
    /// - Parameter process: The identifier of this process: a watchdog may be meant for another.
    init(environment: [String: String], process: Int32 = getpid()) {
        let name = environment["NOTIFY_SOCKET"] ?? ""
        socket = name.hasPrefix("/") || name.hasPrefix("@") ? name : nil
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(process) } ?? true
        if socket != nil, isMeant, let time = environment["WATCHDOG_USEC"].flatMap(Int64.init), time > 0 {
            watchdogInterval = .microseconds(time)
        } else {
            watchdogInterval = nil
        }
    }

    /// Sends states as one message; false when systemd did not take it.
    @discardableResult
    func send(_ states: ServiceState...) -> Bool {
        guard let socket else { return true }
        let message = Array(states.map(\.assignment).joined(separator: "\n").utf8)
        return unsafe message.withUnsafeBytes { bytes in
            unsafe clinux_send_datagram(socket, bytes.baseAddress, bytes.count) == 0
        }
    }

    /// Runs `reload` between the messages that make `systemctl` wait for its end.
    ///
    /// - Parameter reload: Reads the configuration again and says in one line how that went, for `systemctl status`.
    func reloading(_ reload: () async -> String) async {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        let time = UInt64(now.tv_sec) * 1_000_000 + UInt64(now.tv_nsec) / 1000
        send(.reloading(at: time), .status("reading the configuration again"))
        let outcome = await reload()
        send(.ready, .status(outcome))
    }
}
