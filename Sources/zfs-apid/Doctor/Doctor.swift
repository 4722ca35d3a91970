import ArgumentParser
import AsyncZFSExecutor
import Glibc
import ZFSCommandBuilder

/// `zfs-apid doctor`: looks at everything that the daemon needs, and says what is wrong and how to mend it.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check what the daemon needs: ZFS, permissions, store, Redis, other hosts, clock, ports.",
        discussion: """
            Changes nothing, whether the daemon runs or not. Run it as the user of the daemon. Prints one line for each \
            check, and ends with 0 when nothing is wrong, 1 when something is, 78 when the configuration is.
            """
    )

    private static let mostHosts = 64

    @Option(help: "The configuration file. Without it: the file that ZFS_API_CONFIG names.")
    var config: String?
    @Option(
        help: ArgumentHelp(
            "A host that migrations go to or come from, HOST or USER@HOST; can be given several times.",
            valueName: "host"),
        transform: Self.host)
    var host: [SSHHost] = []
    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard host.count <= Self.mostHosts else { throw ValidationError("--host can be given \(Self.mostHosts) times") }
    }

    func run() async throws {
        // A server that hangs up is an error of write(2), not the end of the doctor.
        _ = signal(SIGPIPE, SIG_IGN)
        let sources = ConfigurationSources(path: config, environment: Environment.all)
        let loaded = await load(sources)
        let scratch = ScratchFolder()
        let findings = await Examination.findings(of: try checks(loaded, scratch))
        scratch.remove()
        let diagnosis = Diagnosis(findings: findings, isConfigured: loaded.faults.isEmpty)
        print(json ? diagnosis.json : diagnosis.text)
        throw diagnosis.exitCode
    }

    /// A file system that hangs, or a pipe in place of a file, must not keep the rest from being looked at.
    private func load(_ sources: ConfigurationSources) async -> LoadedConfiguration {
        let load: @Sendable () async -> LoadedConfiguration? = {
            await OwnThread.value { LoadedConfiguration(sources) }
        }
        let results = await Gathering.results(of: [load], within: .seconds(3))
        return results.compactMap { $0 ?? nil }.first ?? LoadedConfiguration(hanging: sources.path)
    }

    /// All checks, in the order in which they are read; without a configuration only those that need none.
    private func checks(_ loaded: LoadedConfiguration, _ scratch: ScratchFolder) throws -> [any DoctorCheck] {
        let configuration = loaded.configuration ?? DaemonConfiguration()
        // All commands at once: none waits for a host that hangs.
        let places = 2 * host.count + 8
        let executor = try Executor(
            ExecutorConfiguration(
                path: configuration.zfs.path, processes: places, processesPerPool: places, grace: .seconds(1)))
        var checks: [any DoctorCheck] = [ConfigurationCheck(loaded: loaded)]
        if let options = configuration.tls.options { checks.append(CertificateCheck(options: options)) }
        checks.append(ZFSCheck(runner: executor))
        if loaded.configuration != nil { checks += checksOfState(configuration, scratch, executor) }
        if loaded.configuration != nil {
            checks += host.map { checkOfHost($0, configuration.ssh, executor) }
        }
        checks.append(ClockCheck())
        if loaded.configuration != nil { checks += checksOfPorts(configuration) }
        return checks
    }

    private func checksOfState(
        _ configuration: DaemonConfiguration, _ scratch: ScratchFolder, _ runner: Executor
    ) -> [any DoctorCheck] {
        var checks: [any DoctorCheck] = [PermissionsCheck(configuration: configuration)]
        let user = ProcessUser.current
        if !user.isRoot, let account = Account(named: user.name) {
            checks.append(DelegationCheck(runner: runner, account: account, needs: configuration.delegationNeeds))
        }
        if configuration.redis.endpoint == nil {
            checks.append(StoreCheck(path: configuration.stateDirectory + "/transfers.sqlite", scratch: scratch))
        } else {
            checks.append(RedisCheck(configuration: configuration.redis))
        }
        var folders = [(path: configuration.stateDirectory, use: "the state of the daemon")]
        if let file = configuration.auditFile, FileFacts.folder(of: file) != configuration.stateDirectory {
            folders.append((FileFacts.folder(of: file), "the audit log"))
        }
        checks.append(SpaceCheck(folders: folders))
        return checks
    }

    private func checkOfHost(
        _ host: SSHHost, _ configuration: SSHConfiguration, _ runner: Executor
    ) -> any DoctorCheck {
        do {
            return try HostCheck(host, configuration: configuration, runner: runner)
        } catch {
            return KnownFault(
                finding: .problem("ssh", "\(host.text): \(error)", "see section ssh of the configuration"))
        }
    }

    /// One daemon is behind all of them, so that one answer about its readiness is enough.
    private func checksOfPorts(_ configuration: DaemonConfiguration) -> [PortCheck] {
        let places = configuration.places
        let asked = places.firstIndex(where: \.speaksPlainHTTP)
        return places.indices.map { PortCheck(listener: places[$0], asksReadiness: $0 == asked) }
    }

    private static func host(_ text: String) throws -> SSHHost {
        do {
            return try SSHHost(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
