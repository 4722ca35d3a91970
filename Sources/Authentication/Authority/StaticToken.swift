public import ZFSCommandBuilder
public import ZFSRPC

/// The token of the configuration that never expires, such as `ZFS_API_TOKEN`.
///
/// Only its digest is kept.
public struct StaticToken: Sendable {
    /// The fewest bytes it has, so that it cannot be guessed.
    public static let shortest = 16

    private let digest: [UInt8]
    /// Whom it stands for.
    let principal: Principal

    /// Makes a static token.
    /// - Parameters:
    ///   - secret: The token, at least 16 bytes.
    ///   - name: The name that logs show.
    ///   - role: What its bearer may do.
    ///   - subtrees: The datasets its bearer may name; nil for all.
    /// - Throws: `StaticTokenError` when it is too short, or longer than a bearer token may be.
    public init(
        _ secret: SecretBytes, name: String = "token", role: Role = .admin, subtrees: [DatasetName]? = nil
    ) throws(StaticTokenError) {
        guard (Self.shortest...CompactToken.longest).contains(secret.count) else { throw .length(secret.count) }
        do {
            digest = try secret.withBytes { bytes throws(CryptographyError) in try Digest256.digest(of: bytes) }
        } catch {
            throw .cryptography(error)
        }
        principal = Principal(name: name, role: role, subtrees: subtrees, kind: .staticToken)
    }

    /// Whether a text is this token.
    func matches(_ text: String) -> Bool {
        guard let other = try? Digest256.digest(of: Array(text.utf8)) else { return false }
        return ConstantTime.areEqual(digest, other)
    }
}

/// Why a secret is no static token.
public enum StaticTokenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It has too few or too many bytes.
    case length(Int)
    /// Its digest could not be made.
    case cryptography(CryptographyError)

    /// One sentence for the administrator.
    public var description: String {
        switch self {
        case .length(let bytes):
            "the static token has \(bytes) bytes; it needs \(StaticToken.shortest) to \(CompactToken.longest): "
                + "openssl rand -hex 32"
        case .cryptography(let error): error.description
        }
    }
}
