/// The four places a configuration comes from: defaults, a file, the environment, and flags; a later one wins.
struct ConfigurationSources: Sendable {
    /// The file; nil for none.
    let path: String?
    private let environment: [String: String]
    private let flags: [ConfigurationOverride]
    private let readFile: @Sendable (String) throws(ConfigurationError) -> String

    /// Takes the places; `path` wins over `ZFS_API_CONFIG`.
    init(
        path: String?,
        environment: [String: String],
        flags: [ConfigurationOverride] = [],
        readFile: @escaping @Sendable (String) throws(ConfigurationError) -> String = ConfigurationFile.read
    ) {
        let named = path ?? environment["ZFS_API_CONFIG"]
        self.path = named.flatMap { $0.isEmpty ? nil : $0 }
        self.environment = environment
        self.flags = flags
        self.readFile = readFile
    }

    /// Reads everything anew and puts it together.
    ///
    /// - Parameter checksFiles: Whether the files of secrets and certificates are looked at too.
    /// - Throws: ``ConfigurationError`` with every fault that there is.
    func load(checksFiles: Bool = false) throws(ConfigurationError) -> DaemonConfiguration {
        var result = DaemonConfiguration()
        var findings = ConfigurationFindings(file: path)
        applyFolders(of: environment, to: &result)
        if let path {
            do {
                let reader = ConfigurationReader(file: path)
                result.read(yaml: try readFile(path), reader)
                findings.add(reader)
            } catch {
                findings.add(error)
            }
        }
        for override in ConfigurationOverride.of(environment: environment) + flags {
            findings.add(override, override.apply(to: &result))
        }
        result.checkConsistency(&findings)
        if checksFiles { result.checkFiles(&findings) }
        guard findings.faults.isEmpty else { throw ConfigurationError(faults: findings.faults) }
        return result
    }

    /// The folders that systemd made for the service (systemd.exec(5), `StateDirectory=`); the first of each list.
    ///
    /// The one for sockets gets that of transfers, unless its path would be longer than a socket may have.
    private func applyFolders(of environment: [String: String], to result: inout DaemonConfiguration) {
        func folder(_ name: String) -> String? {
            guard let first = environment[name]?.split(separator: ":").first else { return nil }
            return TextForm.path.parse(String(first))
        }
        result.stateDirectory = folder("STATE_DIRECTORY") ?? result.stateDirectory
        result.logsDirectory = folder("LOGS_DIRECTORY")
        result.server.unix.path = folder("RUNTIME_DIRECTORY").flatMap { folder in
            TextForm.socketPath.parse(folder + "/transfer.sock")
        }
    }
}
