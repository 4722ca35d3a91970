internal import COpenSSL

/// Comparisons that take as long for different bytes as for equal ones.
enum ConstantTime {
    /// Whether two byte strings are equal.
    ///
    /// Only their lengths, which are no secret, change how long it takes.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe CRYPTO_memcmp(left, right, left.count) == 0
    }
}
