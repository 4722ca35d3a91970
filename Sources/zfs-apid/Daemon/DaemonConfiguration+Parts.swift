import APIServer
import AsyncZFSExecutor
import Authentication
import Logging
import Redis

extension DaemonConfiguration {
    /// Where HTTP is served.
    func listeners(tls credentials: TLSCredentials?) -> [HTTPListener] {
        let http = server.http
        let tcp = TCPListener(host: http.host, port: http.port, tls: credentials, allowsPlaintext: !tls.required)
        guard let path = server.unixHTTP.path else { return [.tcp(tcp)] }
        let unix = UnixListener(path: path, mode: UInt32(server.unixHTTP.mode), group: server.unixHTTP.group)
        return [.tcp(tcp), .unix(unix)]
    }
}

extension TLSConfiguration {
    /// The files of the listener; nil when it speaks plain HTTP.
    var options: TLSOptions? {
        guard let certificate, let key else { return nil }
        let asked: TLSOptions.ClientCertificates =
            switch clientCertificates {
            case .none: .none
            case .optional: .optional
            case .required: .required
            }
        return TLSOptions(
            certificateFile: certificate, keyFile: key, clientCertificates: asked, clientAuthorityFile: clientCA)
    }
}

extension ConnectionLimits {
    /// As the HTTP server takes them.
    var limits: HTTPLimits {
        HTTPLimits(
            bodyBytes: bodyBytes,
            headerBytes: headerBytes,
            idleTimeout: idleTimeout,
            headerTimeout: headerTimeout,
            requestTimeout: requestTimeout,
            connections: connections,
            connectionsPerPeer: connectionsPerPeer
        )
    }
}

extension ExecutorConfiguration {
    /// As the configuration file says it.
    init(_ zfs: ZFSConfiguration, _ streams: StreamsConfiguration) {
        self.init(
            path: zfs.path,
            processes: zfs.maxProcesses,
            queue: zfs.queue,
            deadline: .seconds(zfs.deadline),
            sharesReads: zfs.shareReads,
            streams: streams.max,
            streamStall: streams.stallTimeout
        )
    }
}

extension RedisClient {
    /// The client of a configuration, not connected yet; nil when it uses no Redis.
    init?(_ configuration: RedisConfiguration, logger: Logger) throws(DaemonError) {
        guard let endpoint = configuration.endpoint else { return nil }
        let address: RedisAddress =
            switch endpoint {
            case .tcp(let host, let port): .tcp(host: host, port: port)
            case .unix(let path): .unix(path: path)
            }
        var credentials: RedisCredentials?
        if let path = configuration.passwordFile {
            do {
                credentials = RedisCredentials(user: configuration.user, password: try SecretFile.read(path).copy())
            } catch {
                throw DaemonError(description: "redis.password_file: \(error)")
            }
        }
        self.init(
            configuration: Redis.RedisConfiguration(
                address: address, credentials: credentials, database: configuration.database),
            onStateChange: { state in
                switch state {
                case .connected: logger.notice("Redis is connected")
                case .disconnected(let error):
                    logger.warning("Redis is away", metadata: ["problem": .string("\(error)")])
                }
            }
        )
    }
}
