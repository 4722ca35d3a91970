internal import COpenSSL
internal import Synchronization

/// A SHA-256 digest (FIPS 180-4) of bytes that come piece by piece, through libcrypto.
///
/// ## Concurrency
/// A mutex guards the state; the pieces are digested in the order of the calls.
public final class RunningDigest256: Sendable {
    @safe private struct Context: ~Copyable {
        let pointer: OpaquePointer

        deinit {
            unsafe EVP_MD_CTX_free(pointer)
        }
    }

    private let context: Mutex<Context>

    /// Starts a digest of nothing.
    /// - Throws: `CryptographyError` when libcrypto has no memory.
    public init() throws(CryptographyError) {
        guard let pointer = unsafe EVP_MD_CTX_new() else { throw CryptographyError(call: "EVP_MD_CTX_new") }
        let context = unsafe Context(pointer: pointer)
        guard unsafe EVP_DigestInit_ex(pointer, EVP_sha256(), nil) == 1 else {
            throw CryptographyError(call: "EVP_DigestInit_ex")
        }
        self.context = Mutex(context)
    }

    /// Takes the next bytes.
    /// - Throws: `CryptographyError` when libcrypto fails.
    public func add(_ bytes: ArraySlice<UInt8>) throws(CryptographyError) {
        let isDone = context.withLock { context in
            unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context.pointer, $0.baseAddress, $0.count) == 1 }
        }
        guard isDone else { throw CryptographyError(call: "EVP_DigestUpdate") }
    }

    /// The digest of all bytes, 32 bytes; to be called once.
    /// - Throws: `CryptographyError` when libcrypto fails.
    public func finish() throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = context.withLock { context in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                unsafe EVP_DigestFinal_ex(context.pointer, digest.baseAddress, nil) == 1
            }
        }
        guard isDone else { throw CryptographyError(call: "EVP_DigestFinal_ex") }
        return digest
    }
}
