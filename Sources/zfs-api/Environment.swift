import Glibc

/// The environment variables of this process that the command line reads.
enum Environment {
    private static let names = [
        "COLUMNS", "HOME", "NO_COLOR", "TERM", "XDG_CONFIG_HOME", "ZFS_API_ADDRESS", "ZFS_API_PROFILE", "ZFS_API_TOKEN",
    ]

    /// Their values, by name; an empty one counts as not set.
    static var all: [String: String] {
        var values: [String: String] = [:]
        for name in names {
            guard let value = unsafe getenv(name) else { continue }
            let text = unsafe String(cString: value)
            if !text.isEmpty { values[name] = text }
        }
        return values
    }
}
