import Logging

/// What is logged, and how: `logging`.
struct LoggingConfiguration: Sendable, Hashable {
    var level = Logger.Level.info
    var format = LogFormat.text

    mutating func read(_ section: ConfigurationSection) {
        section.text("level", .logLevel, into: &level)
        section.text("format", .logFormat, into: &format)
    }
}
