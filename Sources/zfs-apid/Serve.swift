import ArgumentParser
import Glibc
import Logging

/// `zfs-apid serve`: runs the daemon until SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the API until SIGTERM or SIGINT.")

    @Option(help: "The configuration file. Without it: the file that ZFS_API_CONFIG names.")
    var config: String?
    @Option(help: "The IP address to listen on.")
    var host: String?
    @Option(help: "The TCP port to listen on; 0 lets the kernel choose.")
    var port: Int?
    @Option(help: "The lowest level that is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel: String?
    @Option(help: "How log lines look: json or text.")
    var logFormat: LogFormat?

    func run() async throws {
        let start = ContinuousClock.now
        let unprotected = ProcessProtection.apply()
        let environment = Environment.all
        let notifier = ServiceNotifier(environment: environment)
        let sources = sources(environment: environment)
        let configuration: DaemonConfiguration
        do {
            configuration = try sources.load(checksFiles: true)
        } catch {
            Diagnostic.write(error.description)
            throw ExitCode.configuration
        }
        // A peer that hangs up is an error of write(2), not the end of the daemon.
        _ = signal(SIGPIPE, SIG_IGN)
        let logging = configuration.logging
        let sink = try LogSink(logging, journalStream: environment["JOURNAL_STREAM"])
        defer { sink.flush() }
        let logger = Logger(label: "zfs-apid") { _ in LineLogHandler(sink: sink) }
        if !unprotected.isEmpty {
            logger.warning(
                "the process is not protected", metadata: ["cannot": .array(unprotected.map { .string($0) })])
        }
        do {
            let daemon = try Daemon(
                configuration, sources: sources, sink: sink, logger: logger, notifier: notifier, start: start)
            try await daemon.run()
        } catch {
            Diagnostic.write("zfs-apid: \(error)")
            throw ExitCode(1)
        }
        logger.notice("stopped")
    }

    /// Where the configuration comes from; a reload reads the same places again.
    func sources(environment: [String: String]) -> ConfigurationSources {
        let flags: [(String, ConfigurationOverride.Key, String?)] = [
            ("--host", .host, host),
            ("--port", .port, port.map(String.init)),
            ("--log-level", .logLevel, logLevel),
            ("--log-format", .logFormat, logFormat?.rawValue),
        ]
        let overrides = flags.compactMap { place, key, text in
            text.map { ConfigurationOverride(place: place, key: key, text: $0) }
        }
        return ConfigurationSources(path: config, environment: environment, flags: overrides)
    }
}
