internal import Glibc
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Listens on one place and hands each accepted connection to a child channel.
///
/// A graceful shutdown stops accepting, tells the connections, and waits for them.
struct ListeningServer<Child: ServerChildChannel> {
    let listener: HTTPListener
    /// What the connections are for, in log lines.
    let purpose: String
    let admission: ConnectionAdmission
    let child: Child
    let logger: Logger
    /// Called once when connections are accepted, with the port, which is 0 for a Unix socket.
    let onListening: @Sendable (Int) async -> Void

    /// Serves until a graceful shutdown or cancellation.
    ///
    /// - Throws: ``HTTPServiceError`` when the place cannot be listened on.
    func run() async throws {
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
                        "for": .string(purpose), "host": .string(host), "port": .stringConvertible(port),
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
                logger.notice("listening", metadata: ["for": .string(purpose), "path": .string(listener.path)])
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
            childChannelSetup: child,
            configuration: ServerConfiguration(
                address: address,
                backlog: 1024,
                availableConnectionsDelegate: AcceptedTotal(admission: admission, listener: paused)
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
