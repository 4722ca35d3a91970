import Authentication
import ZFSRPC

extension TransferSecrets {
    /// Those of libcrypto.
    static var libcrypto: TransferSecrets {
        TransferSecrets(
            random: { count in try RandomBytes.make(count) }, digest: { bytes in try Digest256.digest(of: bytes) })
    }
}
