/// Where the HTTP server listens and what it bears.
public struct HTTPConfiguration: Sendable, Hashable {
    /// A loopback address or `localhost`.
    public var host: String
    /// A TCP port, 0...65535; 0 lets the kernel choose one.
    public var port: Int
    /// What one client may cost.
    public var limits: HTTPLimits

    /// Creates a configuration; the default port is 8545.
    public init(host: String = "127.0.0.1", port: Int = 8545, limits: HTTPLimits = HTTPLimits()) {
        self.host = host
        self.port = port
        self.limits = limits
    }
}
