/// A function of libcrypto or libcrypt that failed, which happens only without memory or without randomness.
public struct CryptographyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The function.
    public let call: String

    /// One sentence.
    public var description: String { "\(call) failed: the machine has no memory or no randomness to give" }
}
