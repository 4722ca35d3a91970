import Glibc

/// The environment variables of this process that the daemon reads.
enum Environment {
    private static let names = [
        "JOURNAL_STREAM", "LOGS_DIRECTORY", "NOTIFY_SOCKET", "RUNTIME_DIRECTORY", "STATE_DIRECTORY", "WATCHDOG_PID",
        "WATCHDOG_USEC", "ZFS_API_CONFIG", "ZFS_API_HOST", "ZFS_API_LOG_FORMAT", "ZFS_API_LOG_LEVEL", "ZFS_API_PORT",
        "ZFS_API_SECRET_KEY", "ZFS_API_STATE_DIR", "ZFS_API_TOKEN",
    ]

    /// Their values, by name.
    static var all: [String: String] {
        var values: [String: String] = [:]
        for name in names {
            guard let value = unsafe getenv(name) else { continue }
            values[name] = unsafe String(cString: value)
        }
        return values
    }
}
