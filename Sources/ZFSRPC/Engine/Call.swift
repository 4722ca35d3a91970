internal import AsyncZFSExecutor
public import ZFSReplication

/// One call of a method: what it may use.
struct Call: Sendable {
    /// Runs commands.
    let runner: any CommandRunner
    /// What the service is and where it may put large answers.
    let service: ServiceDescription
    /// What the transport knows.
    let context: RequestContext
    /// Who calls; nil when a method that needs no authentication is called by nobody.
    let principal: Principal?
    /// Who knows users and tokens; nil in a service without any.
    let authority: (any Authority)?
    /// The transfers of the service; nil in a service without any.
    let transfers: Transfers?
    /// The tasks of the service; nil in a service without any.
    let tasks: Tasks?

    /// An empty spool for a large answer.
    func spool() -> Spool {
        Spool(folders: service.spoolFolders, limit: service.answerLimit)
    }
}

/// Facts about the running service.
public struct ServiceDescription: Sendable {
    /// Its version, such as `0.1.0`.
    public var version: String
    /// When it started.
    public var started: ContinuousClock.Instant
    /// Folders for answers that are too large for memory; the first that works is used.
    public var spoolFolders: [String]
    /// The most bytes that one answer may have.
    public var answerLimit: Int
    /// How long to wait for the device of a new volume.
    public var deviceDeadline: Duration
    /// The folders in which streams may be written to files and read from them.
    public var files: FileRoots

    /// Makes a description.
    public init(
        version: String,
        started: ContinuousClock.Instant = .now,
        spoolFolders: [String] = ["/var/tmp", "/tmp"],
        answerLimit: Int = 1 << 30,
        deviceDeadline: Duration = .seconds(10),
        files: FileRoots = .none
    ) {
        self.version = version
        self.started = started
        self.spoolFolders = spoolFolders
        self.answerLimit = answerLimit
        self.deviceDeadline = deviceDeadline
        self.files = files
    }
}
