public import Logging
internal import NIOPosix
public import ServiceLifecycle

/// The HTTP front of the daemon on one listener: JSON-RPC, health, readiness and the OpenRPC document.
///
/// The daemon runs one for each listener; they share a ``ConnectionAdmission``. A graceful shutdown stops accepting,
/// closes idle connections, lets each answer in flight finish and returns.
public struct HTTPService: Service {
    private let listener: HTTPListener
    private let limits: HTTPLimits
    private let admission: ConnectionAdmission
    private let application: HTTPApplication
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
        self.limits = limits
        self.admission =
            admission ?? ConnectionAdmission(total: limits.connections, perPeer: limits.connectionsPerPeer)
        self.application = application
        self.logger = logger
        self.onListening = onListening
    }

    /// Listens and answers until a graceful shutdown or cancellation.
    ///
    /// - Throws: ``HTTPServiceError`` when the address needs TLS or cannot be listened on, `ExecutionError` when the system
    ///   has no thread or descriptor to wait with.
    public func run() async throws {
        let poller = try SocketPoller.start()
        defer { poller.stop() }
        let parked = try ParkedConnections.start(limits: limits)
        defer { parked.close() }
        let channel = HTTPChannel(
            limits: limits,
            admission: admission,
            tls: listener.tls,
            handler: RequestHandler(application, limits: limits, counts: admission.counts),
            turns: EventLoopLocal(MultiThreadedEventLoopGroup.singleton) { PipelineTurns(eventLoop: $0) },
            waitingChannels: EventLoopLocal(MultiThreadedEventLoopGroup.singleton) { [limits] _ in
                WaitingChannels(most: limits.waitingChannels)
            },
            parked: parked,
            poller: poller
        )
        let server = ListeningServer(
            listener: listener, purpose: "HTTP", admission: admission, child: channel, logger: logger,
            onListening: onListening)
        try await withThrowingDiscardingTaskGroup { tasks in
            tasks.addTask {
                defer { parked.close() }
                try await server.run()
            }
            await withGracefulShutdownHandler {
                for await connection in parked.ready {
                    tasks.addTask { [logger] in await channel.resume(connection, logger: logger) }
                }
            } onGracefulShutdown: {
                parked.close()
            }
        }
    }
}
