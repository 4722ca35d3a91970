/// Why the HTTP server cannot start.
public struct HTTPServiceError: Error, Hashable, CustomStringConvertible {
    /// A sentence for the operator.
    public let description: String
}
