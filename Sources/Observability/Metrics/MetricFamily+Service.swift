/// Every family of the daemon; no label ever holds the name of a dataset or a user, or an address.
extension MetricFamily {
    /// JSON-RPC calls; labels `method` and `status`.
    public static let requests = MetricFamily(
        "zfs_api_requests_total", .counter, "JSON-RPC calls, by method and by ok or the kind of error.")
    /// How long calls took; label `method`.
    public static let requestDuration = MetricFamily(
        "zfs_api_request_duration_seconds", .histogram, "How long JSON-RPC calls took, by method.")
    /// Open client connections.
    public static let activeConnections = MetricFamily(
        "zfs_api_active_connections", .gauge, "Open client connections.")
    /// Requests that are being answered.
    public static let inFlightRequests = MetricFamily(
        "zfsapi_in_flight_requests", .gauge, "HTTP requests that are being answered.")
    /// Children; label `state`, `running` or `stuck`.
    public static let childProcesses = MetricFamily(
        "zfsapi_child_processes", .gauge,
        "Processes of zfs and zpool: running, and stuck (not even SIGKILL ends them).")
    /// Commands that wait for their turn.
    public static let queuedCommands = MetricFamily(
        "zfsapi_queued_commands", .gauge, "Commands of zfs and zpool that wait for their turn.")
    /// How long children ran; label `command`.
    public static let childDuration = MetricFamily(
        "zfsapi_child_duration_seconds", .histogram, "How long processes of zfs and zpool ran, by command.")
    /// Refused authentications; label `reason`.
    public static let authFailures = MetricFamily(
        "zfsapi_auth_failures_total", .counter, "Requests refused for want of authentication or rights, by reason.")
    /// Requests over a rate limit.
    public static let rateLimited = MetricFamily(
        "zfsapi_rate_limited_total", .counter, "Requests refused because there were too many.")
    /// Whether the stores of tokens answer.
    public static let tokenStoreUp = MetricFamily(
        "zfsapi_token_store_up", .gauge, "1 while the stores of tokens answer, else 0.")
    /// Whether the audit log can be written.
    public static let auditLogUp = MetricFamily(
        "zfsapi_audit_log_up", .gauge, "1 while the audit log can be written, else 0.")
    /// Bytes of streams; labels `direction`, `send` or `receive`, and `transport`.
    public static let streamBytes = MetricFamily(
        "zfsapi_stream_bytes_total", .counter, "Bytes of ZFS streams, by direction and by transport.")
    /// Streams that run.
    public static let activeStreams = MetricFamily("zfsapi_streams_active", .gauge, "ZFS streams that run.")
    /// Streams that were ended because no byte moved.
    public static let streamStalls = MetricFamily(
        "zfsapi_stream_stalls_total", .counter, "ZFS streams ended because no byte moved for too long.")
    /// The smallest pipe of the streams that run.
    public static let pipeBytes = MetricFamily(
        "zfsapi_pipe_bytes", .gauge,
        "The smallest pipe of the ZFS streams that run, in bytes; below 1048576 they are slow.")
    /// The version; label `version`.
    public static let buildInfo = MetricFamily("zfsapi_build_info", .gauge, "The version of the daemon; always 1.")

    /// The families of the daemon and of its process.
    public static let all = service + process

    private static let service = [
        requests, requestDuration, activeConnections, inFlightRequests, childProcesses, queuedCommands,
        childDuration, authFailures, rateLimited, tokenStoreUp, auditLogUp, buildInfo,
        streamBytes, activeStreams, streamStalls, pipeBytes,
    ]
}
