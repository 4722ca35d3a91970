internal import Glibc
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
internal import Synchronization

/// The HTTP front of the daemon on one listener: JSON-RPC, health, readiness and the OpenRPC document.
///
/// The daemon runs one for each listener; they share a ``ConnectionAdmission``. A graceful shutdown stops accepting,
/// closes idle connections, lets each answer in flight finish and returns.
public struct HTTPService: Service {
    private let listener: HTTPListener
    private let channel: HTTPChannel
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// Creates the service; it listens when it runs.
    ///
    /// - Parameters:
    ///   - listener: Where to listen.
    ///   - limits: What a client may cost.
    ///   - admission: Counts the connections of all listeners; nil counts those of this one alone, by the limits.
    ///   - application: What is served.
    ///   - logger: Gets what happens to the server itself.
    ///   - onListening: Called once when connections are accepted, with the port, which is 0 for a Unix socket.
    public init(
        listener: HTTPListener,
        limits: HTTPLimits = HTTPLimits(),
        admission: ConnectionAdmission? = nil,
        application: HTTPApplication,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.listener = listener
        self.logger = logger
        self.onListening = onListening
        let tls: TLSCredentials? =
            switch listener {
            case .tcp(let listener): listener.tls
            case .unix: nil
            }
        let admission = admission ?? ConnectionAdmission(total: limits.connections, perPeer: limits.connectionsPerPeer)
        channel = HTTPChannel(
            limits: limits,
            admission: admission,
            tls: tls,
            handler: RequestHandler(application, limits: limits, counts: admission.counts),
            turns: EventLoopTurns(MultiThreadedEventLoopGroup.singleton)
        )
    }

    /// Listens and answers until a graceful shutdown or cancellation.
    ///
    /// - Throws: ``HTTPServiceError`` when the address needs TLS or cannot be listened on.
    public func run() async throws {
        switch listener {
        case .tcp(let listener): try await run(listener)
        case .unix(let listener): try await run(listener)
        }
    }

    private func run(_ listener: TCPListener) async throws {
        if let objection = listener.objection { throw HTTPServiceError(description: objection) }
        let host = listener.host
        let port = listener.port
        do {
            try await serve(.hostname(host.filter { $0 != "[" && $0 != "]" }, port: port)) { channel in
                let port = channel.localAddress?.port ?? port
                logger.notice(
                    "listening",
                    metadata: [
                        "host": .string(host), "port": .stringConvertible(port),
                        "tls": .stringConvertible(listener.tls != nil),
                    ]
                )
                await onListening(port)
            }
        } catch let error as IOError {
            throw HTTPServiceError(description: "cannot listen on \(host) port \(port): \(Self.reason(of: error))")
        } catch is SocketAddressError {
            throw HTTPServiceError(description: "cannot listen on \(host) port \(port): the address is not known")
        }
    }

    private func run(_ listener: UnixListener) async throws {
        let file = try UnixSocketFile(listener)
        defer { file.remove() }
        let failure = Mutex<HTTPServiceError?>(nil)
        do {
            try await serve(.unixDomainSocket(path: file.bindPath)) { channel in
                do throws(HTTPServiceError) {
                    try file.publish()
                } catch {
                    failure.withLock { $0 = error }
                    channel.close(promise: nil)
                    return
                }
                logger.notice("listening", metadata: ["path": .string(listener.path)])
                await onListening(0)
            }
        } catch let error as IOError {
            throw HTTPServiceError(description: "cannot listen on \(listener.path): \(Self.reason(of: error))")
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    private func serve(
        _ address: BindAddress,
        onRunning: @escaping @Sendable (any Channel) async -> Void
    ) async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .notice)
        let paused = PausedListener()
        let server = Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: address,
                backlog: 1024,
                availableConnectionsDelegate: AcceptedTotal(admission: channel.admission, listener: paused)
            ),
            onServerRunning: { [logger] listener in
                let isSet = listener.eventLoop.submit {
                    // Until it is known how many there is room for.
                    try listener.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
                    try listener.pipeline.syncOperations.addHandler(
                        AcceptErrorHandler(logger: logger),
                        position: .first
                    )
                }
                try? await isSet.get()
                paused.start(listener)
                await onRunning(listener)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: quiet
        )
        try await server.run()
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
