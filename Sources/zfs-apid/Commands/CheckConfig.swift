import ArgumentParser

/// `zfs-apid check-config`: says whether the daemon would take its configuration, and what that is.
struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration: print every error, or what differs from the defaults."
    )

    @Option(help: "The configuration file. Without it: the file that ZFS_API_CONFIG names.")
    var config: String?

    func run() throws {
        let sources = ConfigurationSources(path: config, environment: Environment.all)
        let configuration: DaemonConfiguration
        do {
            configuration = try sources.load(checksFiles: true)
        } catch {
            Diagnostic.write(error.description)
            throw ExitCode.configuration
        }
        print(Self.summary(of: configuration, path: sources.path).joined(separator: "\n"))
    }

    /// The lines that say what holds, without secrets.
    static func summary(of configuration: DaemonConfiguration, path: String?) -> [String] {
        let defaults = DaemonConfiguration()
        let changes = Setting.all.filter { $0.differs(defaults, configuration) }
        let head = "configuration is valid (\(path ?? "no file"))"
        guard !changes.isEmpty else { return [head, "every key has its default"] }
        return [head] + changes.map { "\($0.key): \($0.shown(configuration))" }
    }
}
