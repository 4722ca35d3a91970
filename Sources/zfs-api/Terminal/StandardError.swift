import Glibc

/// Writes to standard error, without a buffer.
enum StandardError {
    static func write(_ text: String) { Descriptor.write(Array(text.utf8), to: STDERR_FILENO) }

    /// Whether it is a terminal that moves its cursor.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 && Environment.all["TERM"] != "dumb" }
}
