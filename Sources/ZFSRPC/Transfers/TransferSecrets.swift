/// Where the secrets of transfers come from, and how they are kept: this library brings no cryptography of its own.
public struct TransferSecrets: Sendable {
    /// So many random bytes, fit for keys.
    let random: @Sendable (Int) throws -> [UInt8]
    /// The SHA-256 of some bytes.
    let digest: @Sendable ([UInt8]) throws -> [UInt8]

    /// Takes both.
    /// - Parameters:
    ///   - random: Gives so many random bytes, fit for keys.
    ///   - digest: Gives the 32 bytes of the SHA-256 of what it gets (FIPS 180-4).
    public init(
        random: @escaping @Sendable (Int) throws -> [UInt8], digest: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) {
        self.random = random
        self.digest = digest
    }

    /// So many random bytes in lower-case hexadecimal digits.
    func text(bytes: Int) throws(RPCError) -> String {
        do {
            return HexDigits.text(try random(bytes))
        } catch {
            throw .withoutSecrets
        }
    }

    /// What a store knows of a token.
    func digest(of token: String) throws(RPCError) -> TokenDigest {
        do {
            return TokenDigest(HexDigits.text(try digest(Array(token.utf8))))
        } catch {
            throw .withoutSecrets
        }
    }
}

extension RPCError {
    fileprivate static var withoutSecrets: RPCError {
        RPCError(.internalError, "internal_error", "this system gives no random bytes or digests")
    }
}
