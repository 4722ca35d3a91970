import APIServer
import AsyncZFSExecutor
import Authentication
import Glibc
import Logging
import NIOPosix
import Observability
import RateLimiting
import Redis
import ServiceLifecycle
import Storage
import Synchronization
import UnixSignals
import ZFSCommandBuilder
import ZFSRPC
import ZFSReplication

/// The composition root: everything the daemon is made of, from one configuration.
final class Daemon: Sendable {
    /// The longest stop: 4 s to finish, then cancellation, 3 s of grace for children and 2 s to kill them, and a second.
    private static let drain = Duration.seconds(10)

    private let configuration: Mutex<DaemonConfiguration>
    private let sources: ConfigurationSources
    private let sink: LogSink
    private let logger: Logger
    private let notifier: ServiceNotifier
    private let authority: TokenAuthority
    private let access: AccessControl
    private let audit: AuditLog?
    private let tls: TLSCredentials?
    private let redis: RedisClient?
    private let store: any TransferStore
    private let tasks: Tasks
    private let listeners: [any Service]
    private let listening: ListeningSign

    /// Puts it together; opens files, but no socket.
    /// - Throws: An error whose description tells the operator what is wrong.
    init(
        _ configuration: DaemonConfiguration,
        sources: ConfigurationSources,
        sink: LogSink,
        logger: Logger,
        notifier: ServiceNotifier,
        start: ContinuousClock.Instant
    ) throws {
        self.configuration = Mutex(configuration)
        self.sources = sources
        self.sink = sink
        self.logger = logger
        self.notifier = notifier
        try StateFolder.prepare(configuration.stateDirectory)

        let redis = try RedisClient(configuration.redis, logger: logger)
        self.redis = redis
        let limiter: any RateLimiter =
            redis.map { RedisRateLimiter(client: $0, onChange: Self.tell(logger)) } ?? MemoryRateLimiter()
        let logins: any RateLimiter =
            redis.map { RedisRateLimiter(client: $0, prefix: "zfs-apid:login:") } ?? MemoryRateLimiter()
        let revocations = RevocationList(path: configuration.stateDirectory + "/revoked-tokens")
        if let problem = revocations.problem {
            logger.error("tokens cannot be checked", metadata: ["problem": .string("\(problem)")])
        }
        authority = try TokenAuthority(
            AuthorityConfiguration(configuration), revocations: revocations, limiter: logins)
        access = AccessControl(
            rules: AccessRules(configuration, unknown: Self.warn(logger)), authority: authority, limiter: limiter)
        audit = try configuration.auditFile.map { path in
            try AuditLog(
                Observability.AuditConfiguration(
                    path: path, isRequired: configuration.audit.required, recordsReads: configuration.audit.reads),
                // libcrypto fails only without memory; a chain with a hole then tells of it.
                hash: { (try? Digest256.digest(of: $0)) ?? [] },
                notice: { logger.error("\($0)") }
            )
        }
        tls = try configuration.tls.options.map { options in try TLSCredentials(options) }

        let limits = configuration.server.http.limits.limits
        let admission = ConnectionAdmission(total: limits.connections, perPeer: limits.connectionsPerPeer)
        let registry = MetricsRegistry()
        let calls = CallMetrics(registry: registry, methods: RPCServer.methodNames + Transfers.callNames)
        let children = ChildMetrics(registry: registry)
        let bounds = ExecutorConfiguration(configuration.zfs, configuration.streams)
        let executor = try Executor(bounds) { invocation, duration in
            children.record(
                program: invocation.program.rawValue, subcommand: invocation.arguments.first, duration: duration)
        }
        registry.observe(executor, admission, version: Version.current)
        if let audit { registry.observe(.auditLogUp) { [MetricSample(audit.isWritable ? 1 : 0)] } }

        let observers: [any CallObserver] = (audit.map { [$0] } ?? []) + [calls]
        let (store, taskStore) = configuration.stores(redis)
        self.store = store
        let replication = Replication(runner: executor)
        let ssh = try configuration.ssh.settings(sharingIn: StateFolder.sshSockets(in: configuration.stateDirectory))
        tasks = Tasks(
            store: taskStore, migrations: Migrations(replication: replication, ssh: ssh),
            workers: configuration.taskManager.migrationWorkers)
        let transfers = Transfers(
            replicator: replication, store: store, secrets: .libcrypto,
            endpoints: configuration.transferEndpoints, observers: observers, limit: configuration.streams.max)
        registry.observe(transfers, executor)
        registry.observe(.tokenStoreUp) {
            [MetricSample(revocations.problem == nil && transfers.counters.isStoreUp ? 1 : 0)]
        }
        let responder = RPCServer(
            runner: executor,
            service: ServiceDescription(
                version: Version.current, started: start,
                files: try configuration.files.fileRoots(runner: executor)),
            authority: authority,
            transfers: transfers,
            tasks: tasks,
            observers: observers,
            checks: [
                {
                    if revocations.problem != nil {
                        let detail = "revoked tokens cannot be read or written"
                        return Readiness.Check(name: "store", isOK: false, detail: detail)
                    }
                    do throws(TransferStoreError) {
                        try await store.check()
                        return Readiness.Check(name: "store", isOK: true, detail: "tokens are known (\(store.kind))")
                    } catch {
                        logger.error("the store of transfers", metadata: ["problem": .string(error.description)])
                        let detail = "tokens of transfers cannot be read or written (\(store.kind))"
                        return Readiness.Check(name: "store", isOK: false, detail: detail)
                    }
                }
            ]
        )
        let places = configuration.listeners(tls: tls)
        let transferPlaces = configuration.transferListeners(tls: tls)
        let listening = ListeningSign(count: places.count + transferPlaces.count, notifier: notifier)
        self.listening = listening
        let application = HTTPApplication(
            responder: responder,
            transfers: transfers,
            tasks: tasks,
            access: access,
            accessLog: AccessLogLines(sink: sink),
            metrics: configuration.metrics.enabled ? registry : nil,
            refusals: Refusals(metrics: calls, audit: audit),
            listeners: { listening.check },
            version: Version.current,
            start: start
        )
        let refusals = application.refusals
        let http: [any Service] = places.map { place in
            HTTPService(
                listener: place, limits: limits, admission: admission, application: application, logger: logger,
                onListening: { _ in listening.add() })
        }
        let sockets: [any Service] = transferPlaces.map { [access] place in
            TransferService(
                listener: place, limits: TransferLimits(answerTimeout: configuration.streams.stallTimeout),
                admission: admission,
                application: TransferApplication(transfers: transfers, access: access, refusals: refusals),
                logger: logger, onListening: { _ in listening.add() })
        }
        listeners = http + sockets
    }

    /// Serves until SIGTERM or SIGINT.
    func run() async throws {
        // It goes on trying by itself; nothing waits for it.
        if let redis { Task { try? await redis.connect() } }
        let probes = LivenessProbe.eventLoops(of: MultiThreadedEventLoopGroup.singleton)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        var configuration = ServiceGroupConfiguration(
            services: [WatchdogService(notifier: notifier, liveness: Liveness(probes: probes), logger: logger)]
                + [TaskService(tasks: tasks)] + listeners + [
                    ReloadService(notifier: notifier, reload: reload),
                    StopNotice(notifier: notifier, drain: Self.drain),
                ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet
        )
        configuration.maximumGracefulShutdownDuration = .seconds(4)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            // The time to finish was over and what still ran was cancelled: this is how a stop ends.
        } catch {
            await close()
            throw error
        }
        await close()
    }

    private func close() async {
        if let store = store as? SQLiteTransferStore { await store.close() }
        if let store = store as? RedisTransferStore { store.close() }
        await redis?.close()
        do {
            try await audit?.flush()
        } catch {
            logger.error("the last lines of the audit log could not be written", metadata: ["problem": "\(error)"])
        }
    }

    /// Reads the configuration again; on an error everything stays as it was.
    @Sendable private func reload() async -> String {
        let plan: Reload
        do {
            plan = try Reload.prepare(old: configuration.withLock { $0 }, sources)
            let new = plan.effective
            let rules = try AuthorityConfiguration(new)
            if let tls, let options = new.tls.options { try tls.reload(options) }
            try authority.update(rules)
            access.update(AccessRules(new, unknown: Self.warn(logger)))
            sink.level = new.logging.level
            audit?.reopen()
            configuration.withLock { $0 = new }
        } catch let error as ConfigurationError {
            for fault in error.faults {
                logger.error("the configuration has an error", metadata: ["fault": "\(fault)"])
            }
            return "serving; the new configuration has errors, the old one stays"
        } catch {
            logger.error("the new configuration cannot be used, the old one stays", metadata: ["problem": "\(error)"])
            return "serving; the new configuration cannot be used, the old one stays"
        }
        logger.notice("configuration read again", metadata: ["outcome": .string(plan.summary)])
        return "serving; configuration read again, \(plan.summary)"
    }

    private static func warn(_ logger: Logger) -> (String) -> Void {
        { logger.warning("auth.peers names somebody whom this system does not know", metadata: ["who": .string($0)]) }
    }

    private static func tell(_ logger: Logger) -> @Sendable (RedisError?) -> Void {
        { error in
            if let error {
                logger.warning("rate limits are counted on this node alone", metadata: ["problem": "\(error)"])
            } else {
                logger.notice("rate limits are shared again")
            }
        }
    }
}
