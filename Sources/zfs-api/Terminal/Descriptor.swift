import Glibc

/// Writes whole texts to descriptors.
enum Descriptor {
    /// Writes all of it.
    /// - Returns: Whether that was possible.
    @discardableResult
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            if count < 0, errno != EINTR { return false }
            written += max(count, 0)
        }
        return true
    }
}
