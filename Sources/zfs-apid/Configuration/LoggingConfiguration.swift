import Logging

/// What is logged, and how.
struct LoggingConfiguration: Sendable, Hashable {
    var level = Logger.Level.info
    var format = LogFormat.text
}
