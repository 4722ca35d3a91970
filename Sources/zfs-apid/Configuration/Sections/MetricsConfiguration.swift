/// The numbers at `/metrics`: `metrics`.
struct MetricsConfiguration: Sendable, Hashable {
    var enabled = true
    /// Whether they are shown to callers who are not authenticated.
    var isPublic = false

    mutating func read(_ section: ConfigurationSection) {
        section.flag("enabled", into: &enabled)
        section.flag("public", into: &isPublic)
    }
}
