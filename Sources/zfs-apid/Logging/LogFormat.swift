import ArgumentParser

/// How log lines look.
enum LogFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// One JSON object a line.
    case json
    /// One readable line.
    case text
}
