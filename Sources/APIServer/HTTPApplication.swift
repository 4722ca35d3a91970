public import ZFSRPC

/// What every listener serves, and who watches it.
public struct HTTPApplication: Sendable {
    /// Answers the JSON-RPC bodies.
    public var responder: any RPCResponder
    /// The transfers behind `/stream/{id}`; nil for none.
    public var transfers: Transfers?
    /// The tasks whose events `/events` tells; nil for none.
    public var tasks: Tasks?
    /// Says who calls, and who asks too often.
    public var access: AccessControl
    /// Gets an entry for each answer; nil keeps no access log.
    public var accessLog: (any AccessLog)?
    /// Answers `GET /metrics`; nil for none.
    public var metrics: (any MetricsSource)?
    /// Is told of requests that are refused before they become a call.
    public var refusals: (any RefusalObserver)?
    /// Says whether every listener accepts connections, for `GET /ready`; nil when that is not known.
    public var listeners: (@Sendable () -> Readiness.Check)?
    /// The daemon's version, for `GET /health`.
    public var version: String
    /// When the daemon started, for its uptime.
    public var start: ContinuousClock.Instant

    /// Makes an application.
    public init(
        responder: any RPCResponder,
        transfers: Transfers? = nil,
        tasks: Tasks? = nil,
        access: AccessControl,
        accessLog: (any AccessLog)? = nil,
        metrics: (any MetricsSource)? = nil,
        refusals: (any RefusalObserver)? = nil,
        listeners: (@Sendable () -> Readiness.Check)? = nil,
        version: String,
        start: ContinuousClock.Instant = .now
    ) {
        self.responder = responder
        self.transfers = transfers
        self.tasks = tasks
        self.access = access
        self.accessLog = accessLog
        self.metrics = metrics
        self.refusals = refusals
        self.listeners = listeners
        self.version = version
        self.start = start
    }
}
