/// Where the command line keeps its files: `~/.config/zfs-api`.
enum ConfigurationFolder {
    /// The folder; nil without a home.
    static var path: String? {
        let environment = Environment.all
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") { return base + "/zfs-api" }
        return environment["HOME"].map { $0 + "/.config/zfs-api" }
    }

    /// A path with `~/` as the home.
    static func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = Environment.all["HOME"] else { return path }
        return home + path.dropFirst(1)
    }
}
