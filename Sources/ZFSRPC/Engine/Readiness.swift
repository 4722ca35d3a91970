/// Whether the service can do its work.
public struct Readiness: Sendable {
    /// One thing that was checked.
    public struct Check: Sendable {
        /// What was checked: `zfs`, `store`, `listeners`.
        public let name: String
        /// Whether it works.
        public let isOK: Bool
        /// A sentence for a person.
        public let detail: String

        /// Makes a check.
        public init(name: String, isOK: Bool, detail: String) {
            self.name = name
            self.isOK = isOK
            self.detail = detail
        }
    }

    /// Everything that was checked.
    public var checks: [Check]
    /// Imported pools; nil when they could not be listed.
    public let poolCount: Int?

    /// Makes a readiness.
    public init(checks: [Check], poolCount: Int?) {
        self.checks = checks
        self.poolCount = poolCount
    }

    /// Whether every check passed.
    public var isReady: Bool { checks.allSatisfy(\.isOK) }
}
