/// What streams may cost: `streams`.
struct StreamsConfiguration: Sendable, Hashable {
    /// How many run at once.
    var max = 128
    /// How long no byte may move.
    var stallTimeout = Duration.seconds(600)

    mutating func read(_ section: ConfigurationSection) {
        section.integer("max", 1...10_000, into: &max)
        section.seconds("stall_timeout", 1...86_400, into: &stallTimeout)
    }
}
