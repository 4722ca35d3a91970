internal import COpenSSL

/// A SHA-256 digest (FIPS 180-4), through libcrypto.
public enum Digest256 {
    /// The digest of bytes, 32 bytes.
    /// - Throws: `CryptographyError` when libcrypto has no memory.
    public static func digest(of bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = unsafe digest.withUnsafeMutableBufferPointer { digest in
            unsafe SHA256(bytes, bytes.count, digest.baseAddress) != nil
        }
        guard isDone else { throw CryptographyError(call: "SHA256") }
        return digest
    }
}
