internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104, FIPS 180-4), through libcrypto.
enum HMACSHA256 {
    /// The bytes of a code.
    static let length = 32

    /// The code of a message, 32 bytes.
    static func code(of message: [UInt8], key: SecretBytes) throws(CryptographyError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: length)
        let isDone = key.withBytes { key in
            unsafe code.withUnsafeMutableBufferPointer { code in
                unsafe HMAC(
                    EVP_sha256(), key, Int32(key.count), message, message.count, code.baseAddress, nil) != nil
            }
        }
        guard isDone else { throw CryptographyError(call: "HMAC") }
        return code
    }
}
