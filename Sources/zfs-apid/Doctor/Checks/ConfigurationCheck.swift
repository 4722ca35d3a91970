import APIServer
import AsyncZFSExecutor
import Glibc

/// Whether the daemon would take its configuration.
struct ConfigurationCheck: DoctorCheck {
    /// The file that the services read.
    static let serviceFile = "/etc/zfs-apid/config.yaml"

    let name = "configuration"
    let loaded: LoadedConfiguration

    func findings() async -> [Finding] {
        await OwnThread.findings(of: name) { [self] in
            let facts = loaded.path.flatMap { try? FileFacts($0) }
            let isServiceFileThere = (try? FileFacts(Self.serviceFile)) != nil
            return judge(file: facts, isServiceFileThere: isServiceFileThere, strangers: strangers)
        }
    }

    /// What a configuration, its file and the users and groups that are not there mean.
    func judge(file: FileFacts?, isServiceFileThere: Bool, strangers: [String]) -> [Finding] {
        var findings = loaded.faults.map { Finding.problem(name, $0.description, nil) }
        if loaded.configuration == nil {
            findings.append(
                .warning(
                    name, "without it, folders, store, Redis, hosts and ports were not looked at",
                    "mend it and look again"))
        }
        if loaded.path == nil, isServiceFileThere {
            findings.append(
                .warning(
                    name, "the defaults were looked at, while the services read \(Self.serviceFile)",
                    "run zfs-apid doctor --config \(Self.serviceFile)"))
        }
        if let file, file.mode & 0o007 != 0, hasHashes {
            findings.append(
                .warning(
                    name,
                    "\(file.path) has mode \(file.modeText) and hashes of passwords, which others can try to guess",
                    "chmod o= \(file.path)"))
        }
        findings += strangers.map { who in
            .warning(name, "auth.peers has \(who), which this system does not know", "add it, or take the entry out")
        }
        guard findings.isEmpty else { return findings }
        return [.ok(name, loaded.path.map { "\($0) is valid" } ?? "no file; every key has its default")]
    }

    private var hasHashes: Bool {
        loaded.configuration?.auth.users.contains { user in
            if case .text = user.passwordHash { true } else { false }
        } ?? false
    }

    private var strangers: [String] {
        guard let configuration = loaded.configuration else { return [] }
        var names: [String] = []
        _ = AccessRules(configuration) { names.append($0) }
        return names
    }
}
