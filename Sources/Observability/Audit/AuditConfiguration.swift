/// Where the audit log is and what it holds.
public struct AuditConfiguration: Sendable, Hashable {
    /// The file, in a folder that exists; it is made with mode 0600.
    public var path: String
    /// Whether calls that change something are refused while they cannot be recorded.
    public var isRequired: Bool
    /// Whether calls that only read are recorded too, when they are done.
    public var recordsReads: Bool

    /// Makes a configuration.
    public init(path: String, isRequired: Bool = true, recordsReads: Bool = false) {
        self.path = path
        self.isRequired = isRequired
        self.recordsReads = recordsReads
    }
}
