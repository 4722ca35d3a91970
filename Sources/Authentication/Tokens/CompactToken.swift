internal import ZFSRPC

/// The compact form of a signed token: three base64url texts with dots between them (RFC 7515 section 7.1).
struct CompactToken {
    /// A token with more bytes is not looked at.
    static let longest = 8192

    /// The first two parts with their dot, as they came: what the signature is made over.
    let signedBytes: [UInt8]
    /// The header, not parsed.
    let header: [UInt8]
    /// The payload, not parsed.
    let payload: [UInt8]
    /// The signature.
    let signature: [UInt8]

    /// Takes a token apart; nil unless it has three parts, none empty, in strict base64url.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        let bytes = Array(text.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard
            parts.count == 3, parts.allSatisfy({ !$0.isEmpty }),
            let header = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        signedBytes = Array(bytes[..<parts[1].endIndex])
        self.header = header
        self.payload = payload
        self.signature = signature
    }

    /// Whether the signature was made with a key over just these bytes.
    func isSigned(with key: SigningKey) throws(CryptographyError) -> Bool {
        ConstantTime.areEqual(signature, try key.signature(of: signedBytes))
    }

    /// The name of the key in the header; nil when the header is not one of ours.
    ///
    /// Only `alg`, `typ` and `kid` may be there. So nothing in a token can choose another algorithm or bring a key, and
    /// `crit` and `b64` (RFC 7515 section 4.1.11, RFC 7797) are refused.
    var keyIdentifier: String? {
        guard
            case .object(let members)? = try? JSONParser.parse(header),
            members.allSatisfy({ ["alg", "typ", "kid"].contains($0.name) })
        else { return nil }
        let json = JSONValue.object(members)
        guard
            json["alg"] == "HS256", json["typ"] == nil || json["typ"] == "JWT",
            case .string(let identifier) = json["kid"]
        else { return nil }
        return identifier
    }

    /// Signs a payload.
    static func sign(_ payload: [UInt8], with key: SigningKey) throws(CryptographyError) -> String {
        let header = JSONValue.object([
            JSONMember("alg", "HS256"), JSONMember("typ", "JWT"), JSONMember("kid", .string(key.identifier)),
        ])
        let signed = "\(Base64URL.encode(header.encoded)).\(Base64URL.encode(payload))"
        return "\(signed).\(Base64URL.encode(try key.signature(of: Array(signed.utf8))))"
    }
}
