/// The record of who changed what: `audit`.
struct AuditConfiguration: Sendable, Hashable {
    var enabled = true
    /// The file; nil for `audit.log` in the folder for logs or else in the state folder.
    var file: String?
    /// Whether a write that cannot be recorded is refused.
    var required = true
    /// Whether reads are recorded too.
    var reads = false

    mutating func read(_ section: ConfigurationSection) {
        section.flag("enabled", into: &enabled)
        section.text("file", .path, into: &file)
        section.flag("required", into: &required)
        section.flag("reads", into: &reads)
    }
}
