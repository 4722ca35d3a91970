public import Logging
public import ServiceLifecycle

/// The transfer socket on one listener: ZFS streams, as the processes make and take them.
///
/// The daemon runs one for each listener; they share a ``ConnectionAdmission`` with those of HTTP. A graceful shutdown
/// stops accepting, ends handshakes, and lets streams go on until the task is cancelled, which ends them and their
/// processes.
public struct TransferService: Service {
    private let listener: HTTPListener
    private let limits: TransferLimits
    private let admission: ConnectionAdmission
    private let application: TransferApplication
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// Creates the service; it listens when it runs.
    ///
    /// - Parameters:
    ///   - listener: Where to listen.
    ///   - limits: What a client may cost.
    ///   - admission: Counts the connections of all listeners.
    ///   - application: What is served.
    ///   - logger: Gets what happens to the server and to transfers.
    ///   - onListening: Called once when connections are accepted, with the port, which is 0 for a Unix socket.
    public init(
        listener: HTTPListener,
        limits: TransferLimits = TransferLimits(),
        admission: ConnectionAdmission,
        application: TransferApplication,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.listener = listener
        self.limits = limits
        self.admission = admission
        self.application = application
        self.logger = logger
        self.onListening = onListening
    }

    /// Listens and transfers until a graceful shutdown or cancellation.
    ///
    /// - Throws: ``HTTPServiceError`` when the place needs TLS or cannot be listened on, `ExecutionError` when the system
    ///   has no thread or descriptor to wait with.
    public func run() async throws {
        let poller = try SocketPoller.start()
        defer { poller.stop() }
        let channel = TransferChannel(
            admission: admission, tls: listener.tls, poller: poller,
            attendant: TransferAttendant(application, limits: limits, counts: admission.counts, logger: logger))
        try await ListeningServer(
            listener: listener, purpose: "transfers", admission: admission, child: channel, logger: logger,
            onListening: onListening
        ).run()
    }
}
