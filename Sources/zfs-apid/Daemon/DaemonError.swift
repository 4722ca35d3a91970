/// Why the daemon cannot start.
struct DaemonError: Error, CustomStringConvertible {
    /// A sentence for the operator.
    let description: String
}
