/// A key that signs tokens with HS256 (RFC 7518 section 3.2).
public struct SigningKey: Sendable {
    /// The fewest bytes a key has: as many as the code that it makes.
    public static let shortest = 32

    /// Names the key in the header of a token (`kid`).
    ///
    /// It is made from the key, so two daemons with the same key agree on it, and tells nothing that a signed token does
    /// not tell.
    public let identifier: String
    private let secret: SecretBytes

    /// Makes a key.
    /// - Parameter secret: At least 32 bytes.
    /// - Throws: `SigningKeyError` when the secret is shorter.
    public init(_ secret: SecretBytes) throws(SigningKeyError) {
        guard secret.count >= Self.shortest else { throw .tooShort(bytes: secret.count) }
        self.secret = secret
        do {
            let code = try HMACSHA256.code(of: Array("zfs-apid key identifier".utf8), key: secret)
            identifier = Hexadecimal.text(code.prefix(8))
        } catch {
            throw .cryptography(error)
        }
    }

    /// The signature of bytes, 32 bytes.
    func signature(of bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try HMACSHA256.code(of: bytes, key: secret)
    }
}

/// Why a secret is no key.
public enum SigningKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It has too few bytes.
    case tooShort(bytes: Int)
    /// Its identifier could not be made.
    case cryptography(CryptographyError)

    /// One sentence for the administrator.
    public var description: String {
        switch self {
        case .tooShort(let bytes):
            "the signing secret has \(bytes) bytes; it needs \(SigningKey.shortest) or more: openssl rand -hex 32"
        case .cryptography(let error): error.description
        }
    }
}
