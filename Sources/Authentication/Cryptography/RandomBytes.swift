internal import COpenSSL

/// Bytes from the random generator of libcrypto, fit for keys.
public enum RandomBytes {
    /// Makes `count` bytes.
    /// - Throws: `CryptographyError` when the generator has no seed.
    public static func make(_ count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let isDone = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            unsafe RAND_bytes(bytes.baseAddress, Int32(count)) == 1
        }
        guard isDone else { throw CryptographyError(call: "RAND_bytes") }
        return bytes
    }
}
