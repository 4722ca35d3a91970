import Synchronization

@testable import Authentication

/// What tests of tokens share: a clock that stands still, keys, and tokens of any form.
enum Fixture {
    static let now = 1_800_000_000
    static let secret = SecretBytes("0123456789abcdef0123456789abcdef".utf8)
    static let clock = WallClock { now }

    static func key(_ secret: String = "0123456789abcdef0123456789abcdef") throws -> SigningKey {
        try SigningKey(SecretBytes(secret.utf8))
    }

    static func verifier(now: Int = now, audience: String? = nil) throws -> TokenVerifier {
        TokenVerifier(keys: SigningKeys(current: try key()), audience: audience, clock: WallClock { now })
    }

    /// Signs just these bytes, whatever they are.
    static func forge(header: String, payload: String, key: SigningKey) throws -> String {
        let signed = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        return "\(signed).\(Base64URL.encode(try key.signature(of: Array(signed.utf8))))"
    }

    static func header(_ key: SigningKey) -> String {
        #"{"alg":"HS256","typ":"JWT","kid":"\#(key.identifier)"}"#
    }

    static let random = "000102030405060708090a0b0c0d0e0f"

    /// A payload that is accepted, with members replaced; an empty text removes one.
    static func payload(expires: Int = now + 600, _ changes: KeyValuePairs<String, String> = [:]) -> String {
        var members = [
            ("iss", #""zfs-apid""#), ("sub", #""anna""#), ("iat", "\(now)"), ("exp", "\(expires)"),
            ("jti", "\"\(random)-\(expires)\""), ("role", #""viewer""#),
        ]
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if !value.isEmpty { members.append((name, value)) }
        }
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    static func token(expires: Int = now + 600, _ changes: KeyValuePairs<String, String> = [:]) throws -> String {
        let key = try key()
        return try forge(header: header(key), payload: payload(expires: expires, changes), key: key)
    }
}

/// A clock that tests turn.
final class Hands: Sendable {
    private let seconds: Mutex<Int>

    init(_ seconds: Int = Fixture.now) { self.seconds = Mutex(seconds) }

    var clock: WallClock { WallClock { self.seconds.withLock { $0 } } }

    func advance(_ count: Int) { seconds.withLock { $0 += count } }
}
