/// Everything that can be set about the daemon.
struct DaemonConfiguration: Sendable, Hashable {
    var server = ServerConfiguration()
    var tls = TLSConfiguration()
    var auth = AuthConfiguration()
    var rateLimit = RateLimitConfiguration()
    var redis = RedisConfiguration()
    var audit = AuditConfiguration()
    var metrics = MetricsConfiguration()
    /// Where the daemon keeps what must outlive it.
    var stateDirectory = "/var/lib/zfs-apid"
    /// Where logs of services are, when systemd made a folder for them (`LogsDirectory=`).
    var logsDirectory: String?
    var logging = LoggingConfiguration()
    var zfs = ZFSConfiguration()
    var files = FilesConfiguration()
    var streams = StreamsConfiguration()
    var ssh = SSHConfiguration()
    var taskManager = TasksConfiguration()

    /// The file of the key that signs tokens.
    var secretFile: String {
        auth.secretFile ?? stateDirectory + "/jwt.secret"
    }

    /// The file of the audit log; nil when there is none.
    var auditFile: String? {
        audit.enabled ? audit.file ?? (logsDirectory ?? stateDirectory) + "/audit.log" : nil
    }

    /// Every key of a configuration file, dotted, those of list members with `[]`.
    static var keys: [String] {
        let reader = ConfigurationReader(file: "", listsKeys: true)
        var configuration = DaemonConfiguration()
        configuration.read(ConfigurationSection(nil, reader: reader))
        return reader.keys
    }

    /// Overlays the text of a configuration file; what it does not name keeps its value.
    mutating func read(yaml text: String, _ reader: ConfigurationReader) {
        let top = ConfigurationSection(YAMLDocument.compose(text, reader: reader), reader: reader)
        read(top)
        top.refuseUnknownKeys()
    }

    private mutating func read(_ top: ConfigurationSection) {
        top.section("server") { server.read($0) }
        top.section("tls") { tls.read($0) }
        top.section("auth") { auth.read($0) }
        top.section("rate_limit") { rateLimit.read($0) }
        top.section("redis") { redis.read($0) }
        top.section("audit") { audit.read($0) }
        top.section("metrics") { metrics.read($0) }
        top.text("state_dir", .path, into: &stateDirectory)
        top.section("logging") { logging.read($0) }
        top.section("zfs") { zfs.read($0) }
        top.section("files") { files.read($0) }
        top.section("streams") { streams.read($0) }
        top.section("ssh") { ssh.read($0) }
        top.section("task_manager") { taskManager.read($0) }
    }
}
