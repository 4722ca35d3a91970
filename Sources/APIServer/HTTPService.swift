internal import Glibc
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
public import ZFSRPC

/// The HTTP front of the daemon: JSON-RPC, health, readiness and the OpenRPC document on one loopback port.
///
/// A graceful shutdown stops accepting, closes idle connections, lets each answer in flight finish and returns.
public struct HTTPService: Service {
    private let configuration: HTTPConfiguration
    private let channel: HTTPChannel
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// Creates the service; it listens when it runs.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and the limits.
    ///   - responder: Answers the JSON-RPC bodies.
    ///   - logger: Gets what happens to the server itself.
    ///   - accessLog: Gets an entry for each answer; nil keeps no access log.
    ///   - version: The daemon's version, for `GET /health`.
    ///   - start: When the daemon started, for its uptime.
    ///   - onListening: Called once with the port when connections are accepted.
    public init(
        configuration: HTTPConfiguration,
        responder: any RPCResponder,
        logger: Logger,
        accessLog: (any AccessLog)? = nil,
        version: String,
        start: ContinuousClock.Instant = .now,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
        channel = HTTPChannel(
            limits: configuration.limits,
            handler: RequestHandler(
                responder: responder,
                limits: configuration.limits,
                service: ServiceFacts(version: version, start: start),
                accessLog: accessLog
            )
        )
    }

    /// Listens and answers until a graceful shutdown or cancellation.
    ///
    /// - Throws: ``HTTPServiceError`` when the address is not a loopback one or cannot be listened on.
    public func run() async throws {
        let host = configuration.host
        let port = configuration.port
        guard LoopbackName.matches(host) else {
            // Without tokens, whoever reaches the port is root on the pools.
            throw HTTPServiceError(
                description: "cannot listen on \(host): without authentication only a loopback address is allowed; "
                    + "set server.http.host to 127.0.0.1, ::1 or localhost"
            )
        }
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .notice)
        let server = Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: .hostname(host.filter { $0 != "[" && $0 != "]" }, port: port),
                backlog: 1024,
                availableConnectionsDelegate: .maximum(configuration.limits.connections, logger: quiet)
            ),
            onServerRunning: { [logger, onListening] listener in
                let listening = listener.eventLoop.submit {
                    try listener.pipeline.syncOperations.addHandler(
                        AcceptErrorHandler(logger: logger),
                        position: .first
                    )
                }
                try? await listening.get()
                let port = listener.localAddress?.port ?? port
                logger.notice("listening", metadata: ["host": .string(host), "port": .stringConvertible(port)])
                await onListening(port)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: quiet
        )
        do {
            try await server.run()
        } catch let error as IOError {
            throw HTTPServiceError(description: "cannot listen on \(host) port \(port): \(Self.reason(of: error))")
        } catch is SocketAddressError {
            throw HTTPServiceError(description: "cannot listen on \(host) port \(port): the address is not known")
        }
    }

    private static func reason(of error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "the address is in use; is another zfs-apid running?"
        case EACCES: "permission denied; ports below 1024 need CAP_NET_BIND_SERVICE"
        case EADDRNOTAVAIL: "this machine has no such address"
        default: error.description
        }
    }
}
