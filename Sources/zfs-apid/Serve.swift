import APIServer
import ArgumentParser
import Glibc
import Logging
import ServiceLifecycle
import UnixSignals
import ZFSRPC

/// `zfs-apid serve`: runs the daemon until SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the API until SIGTERM or SIGINT.")

    /// sysexits.h: something was found in an unconfigured or misconfigured state.
    private static let configurationExit = ExitCode(78)

    @Option(help: "The configuration file. Without it: the file that ZFS_API_CONFIG names.")
    var config: String?
    @Option(help: "The loopback address to listen on.")
    var host: String?
    @Option(help: "The TCP port to listen on; 0 lets the kernel choose.")
    var port: Int?
    @Option(help: "The lowest level that is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel: String?
    @Option(help: "How log lines look: json or text.")
    var logFormat: LogFormat?

    func run() async throws {
        let start = ContinuousClock.now
        let environment = Environment.all
        let configuration: DaemonConfiguration
        do {
            configuration = try resolve(environment: environment)
        } catch {
            Diagnostic.write(error.description)
            throw Self.configurationExit
        }
        // A peer that hangs up is an error of write(2), not the end of the daemon.
        _ = signal(SIGPIPE, SIG_IGN)
        let logging = configuration.logging
        let sink = try LogSink(format: logging.format, journalStream: environment["JOURNAL_STREAM"])
        defer { sink.flush() }
        let logger = Logger(label: "zfs-apid") { _ in LineLogHandler(sink: sink, logLevel: logging.level) }
        do {
            let responder = try makeRPCServer(configuration: configuration.zfs, start: start)
            let http = HTTPService(
                configuration: configuration.http,
                responder: responder,
                logger: logger,
                accessLog: logging.level <= .info ? AccessLogLines(sink: sink) : nil,
                version: Version.current,
                start: start
            )
            try await makeGroup(http, logger: logger).run()
        } catch {
            Diagnostic.write("zfs-apid: \(error)")
            throw ExitCode(1)
        }
        logger.notice("stopped")
    }

    /// Puts defaults, file, environment and flags together, the later winning.
    func resolve(environment: [String: String]) throws(ConfigurationError) -> DaemonConfiguration {
        var result = DaemonConfiguration()
        if let path = config ?? environment["ZFS_API_CONFIG"], !path.isEmpty {
            try result.apply(yaml: ConfigurationFile.read(path), file: path)
        }
        try result.apply(environment: environment)
        var faults: [ConfigurationFault] = []
        if let host {
            if DaemonConfiguration.host(host) == nil {
                faults.append(ConfigurationFault(place: "--host", key: "", advice: DaemonConfiguration.hostAdvice))
            }
            result.http.host = host
        }
        if let port {
            if !(0...65_535).contains(port) {
                faults.append(ConfigurationFault(place: "--port", key: "", advice: DaemonConfiguration.portAdvice))
            }
            result.http.port = port
        }
        if let logLevel {
            if let level = Logger.Level(rawValue: logLevel) {
                result.logging.level = level
            } else {
                let advice = DaemonConfiguration.levelAdvice
                faults.append(ConfigurationFault(place: "--log-level", key: "", advice: advice))
            }
        }
        result.logging.format = logFormat ?? result.logging.format
        guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
        return result
    }

    private func makeGroup(_ http: HTTPService, logger: Logger) -> ServiceGroup {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        var configuration = ServiceGroupConfiguration(
            services: [http],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet
        )
        // A stop takes less than 10 s: 4 s to finish, then cancellation, 3 s of grace for children and 2 s to kill them.
        configuration.maximumGracefulShutdownDuration = .seconds(4)
        return ServiceGroup(configuration: configuration)
    }
}
