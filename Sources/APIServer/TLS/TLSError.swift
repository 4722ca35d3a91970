/// Why TLS files cannot be used.
public struct TLSError: Error, Hashable, CustomStringConvertible {
    /// A sentence for the operator; it holds nothing of a key.
    public let description: String
}
