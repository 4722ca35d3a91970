import Testing

@testable import Authentication

/// Tokens that must not get in.
///
/// Each is what a good token would be but for the one thing that its name says.
@Suite struct TokenRefusalTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable () throws -> String

        init(_ name: String, _ make: @escaping @Sendable () throws -> String) {
            testDescription = name
            self.make = make
        }

        /// A good payload under another header; `KID` stands for the name of the key.
        static func header(_ name: String, _ header: String) -> Refused {
            Refused(name) {
                let key = try Fixture.key()
                let header = header.split(separator: "KID", omittingEmptySubsequences: false)
                    .joined(separator: key.identifier)
                return try Fixture.forge(header: header, payload: Fixture.payload(), key: key)
            }
        }

        /// A good header over another payload.
        static func claim(_ name: String, _ claim: String, _ value: String) -> Refused {
            Refused(name) { try Fixture.token([claim: value]) }
        }

        /// A good token with another text.
        static func text(_ name: String, _ change: @escaping @Sendable (String) -> String) -> Refused {
            Refused(name) { change(try Fixture.token()) }
        }

        static func payload(_ name: String, _ payload: String) -> Refused {
            Refused(name) {
                let key = try Fixture.key()
                return try Fixture.forge(header: Fixture.header(key), payload: payload, key: key)
            }
        }
    }

    static let headers: [Refused] = [
        .header("alg none", #"{"alg":"none","typ":"JWT","kid":"KID"}"#),
        .header("alg None", #"{"alg":"None","typ":"JWT","kid":"KID"}"#),
        .header("alg empty", #"{"alg":"","typ":"JWT","kid":"KID"}"#),
        .header("alg HS512", #"{"alg":"HS512","typ":"JWT","kid":"KID"}"#),
        .header("alg RS256", #"{"alg":"RS256","typ":"JWT","kid":"KID"}"#),
        .header("alg hs256", #"{"alg":"hs256","typ":"JWT","kid":"KID"}"#),
        .header("alg missing", #"{"typ":"JWT","kid":"KID"}"#),
        .header("alg an array", #"{"alg":["HS256"],"kid":"KID"}"#),
        .header("alg twice", #"{"alg":"none","alg":"HS256","kid":"KID"}"#),
        .header("alg twice, once escaped", #"{"\u0061lg":"none","alg":"HS256","kid":"KID"}"#),
        .header("typ of something else", #"{"alg":"HS256","typ":"at+jwt","kid":"KID"}"#),
        .header("crit", #"{"alg":"HS256","kid":"KID","crit":["exp"]}"#),
        .header("empty crit", #"{"alg":"HS256","kid":"KID","crit":[]}"#),
        .header("b64 false", #"{"alg":"HS256","kid":"KID","b64":false,"crit":["b64"]}"#),
        .header("b64 true", #"{"alg":"HS256","kid":"KID","b64":true}"#),
        .header("its own key", #"{"alg":"HS256","kid":"KID","jwk":{"kty":"oct","k":"AAAA"}}"#),
        .header("a place of keys", #"{"alg":"HS256","kid":"KID","jku":"https://example.org/"}"#),
        .header("compressed", #"{"alg":"HS256","kid":"KID","zip":"DEF"}"#),
        .header("kid missing", #"{"alg":"HS256","typ":"JWT"}"#),
        .header("kid unknown", #"{"alg":"HS256","typ":"JWT","kid":"0000000000000000"}"#),
        .header("kid a path", #"{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}"#),
        .header("kid a number", #"{"alg":"HS256","typ":"JWT","kid":1}"#),
        .header("kid empty", #"{"alg":"HS256","typ":"JWT","kid":""}"#),
        .header("a header that is an array", #"["HS256"]"#),
        .header("a header that is no JSON", #"{"alg":"HS256","kid":"KID""#),
        .header("a header with a byte order mark", "\u{FEFF}{\"alg\":\"HS256\",\"kid\":\"KID\"}"),
    ]

    static let claims: [Refused] = [
        .claim("exp missing", "exp", ""),
        .claim("exp null", "exp", "null"),
        .claim("exp a string", "exp", "\"\(Fixture.now + 600)\""),
        .claim("exp a fraction", "exp", "\(Fixture.now + 600).0"),
        .claim("exp with an exponent", "exp", "18000006e2"),
        .claim("exp negative", "exp", "-1"),
        .claim("exp 0", "exp", "0"),
        .claim("exp huge", "exp", "99999999999999999999999"),
        .claim("exp 1e400", "exp", "1e400"),
        .claim("exp not that of jti", "exp", "\(Fixture.now + 601)"),
        Refused("exp after the year 9999") { try Fixture.token(expires: 253_402_300_800) },
        Refused("exp later than tokens live") { try Fixture.token(expires: Fixture.now + 31_622_401) },
        Refused("exp not after iat") { try Fixture.token(expires: Fixture.now) },
        .claim("iat missing", "iat", ""),
        .claim("iat in the future", "iat", "\(Fixture.now + 61)"),
        .claim("iat a string", "iat", "\"\(Fixture.now)\""),
        .claim("iat negative", "iat", "-5"),
        .claim("nbf in the future", "nbf", "\(Fixture.now + 61)"),
        .claim("nbf a string", "nbf", "\"0\""),
        .claim("nbf null", "nbf", "null"),
        .claim("iss missing", "iss", ""),
        .claim("iss wrong", "iss", #""zfs-api""#),
        .claim("iss an array", "iss", #"["zfs-apid"]"#),
        .claim("aud of somebody", "aud", #""x""#),
        .claim("aud empty", "aud", "[]"),
        .claim("aud a number", "aud", "1"),
        .claim("sub missing", "sub", ""),
        .claim("sub empty", "sub", #""""#),
        .claim("sub with NUL", "sub", #""anna\u0000""#),
        .claim("sub with a newline", "sub", #""anna\n""#),
        .claim("sub a number", "sub", "1"),
        .claim("sub a lone surrogate", "sub", #""\ud800""#),
        .claim("sub too long", "sub", "\"\(String(repeating: "a", count: 65))\""),
        .claim("sub localhost", "sub", #""localhost""#),
        .claim("jti missing", "jti", ""),
        .claim("jti short", "jti", #""1-1800000600""#),
        .claim("jti without expiry", "jti", "\"\(Fixture.random)\""),
        .claim("jti in upper case", "jti", "\"\(Fixture.random.uppercased())-1800000600\""),
        .claim("role missing", "role", ""),
        .claim("role unknown", "role", #""root""#),
        .claim("role an array", "role", #"["admin"]"#),
        .claim("datasets a string", "datasets", #""tank""#),
        .claim("datasets with an option", "datasets", #"["-r"]"#),
        .claim("datasets with a number", "datasets", "[1]"),
        .claim("datasets null", "datasets", "null"),
        .claim("standalone a string", "standalone", #""true""#),
        .claim("standalone null", "standalone", "null"),
        .payload("role twice", String(Fixture.payload().dropLast()) + #","role":"admin"}"#),
        .payload("role twice, once escaped", String(Fixture.payload().dropLast()) + #","rol\u0065":"admin"}"#),
        .payload("nested deeper than 64", nested(65)),
        .payload("something after the object", Fixture.payload() + "{}"),
        .payload("an array", "[\(Fixture.payload())]"),
        .payload("no JSON", "anna"),
        .payload("an empty object", "{}"),
    ]

    static let texts: [Refused] = [
        .text("two parts") { String($0[..<($0.lastIndex(of: ".") ?? $0.endIndex)]) },
        .text("four parts") { $0 + ".AAAA" },
        .text("a dot at the end") { $0 + "." },
        .text("a dot at the start") { "." + $0 },
        .text("an empty header") { $0.parts(0) { _ in "" } },
        .text("an empty payload, detached") { $0.parts(1) { _ in "" } },
        .text("an empty signature") { $0.parts(2) { _ in "" } },
        .text("a padded header") { $0.parts(0) { $0 + "=" } },
        .text("a padded payload") { $0.parts(1) { $0 + "==" } },
        .text("a padded signature") { $0.parts(2) { $0 + "=" } },
        .text("a space in front") { " " + $0 },
        .text("a newline at the end") { $0 + "\n" },
        .text("a NUL at the end") { $0 + "\0" },
        .text("the prefix Bearer") { "Bearer " + $0 },
        .text("the other alphabet") { $0.parts(2) { $0.replacing("-", with: "+").replacing("_", with: "/") + "+" } },
        // 43 characters are 258 bits, two more than the signature has: "A" to "D" would be the same 256.
        .text("unused bits of the signature set") { token in
            token.parts(2) { signature in
                let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                guard let last = signature.last, let index = alphabet.firstIndex(of: last) else { return "" }
                return signature.dropLast() + String(alphabet[alphabet.index(after: index)])
            }
        },
        .text("a byte more of signature") { $0.parts(2) { _ in Base64URL.encode([UInt8](repeating: 0, count: 33)) } },
        .text("a JSON serialization") { #"{"payload":"\#($0)"}"# },
        .text("nothing") { _ in "" },
        .text("two dots") { _ in ".." },
        .text("dots only") { _ in String(repeating: ".", count: 8000) },
        Refused("longer than 8192 bytes, and signed") {
            try Fixture.token(["x": "\"\(String(repeating: "a", count: 6200))\""])
        },
        Refused("signed with another key under our name") {
            let key = try Fixture.key()
            return try Fixture.forge(
                header: Fixture.header(key), payload: Fixture.payload(),
                key: Fixture.key("fedcba9876543210fedcba9876543210"))
        },
        Refused("signed with another key under its name") {
            let key = try Fixture.key("fedcba9876543210fedcba9876543210")
            return try Fixture.forge(header: Fixture.header(key), payload: Fixture.payload(), key: key)
        },
    ]

    @Test(arguments: headers + claims + texts)
    func `refuses`(_ refused: Refused) throws {
        let token = try refused.make()
        #expect(throws: TokenFault.invalid) { try Fixture.verifier().claims(of: token) }
    }

    @Test func `takes what the refused ones were made from`() throws {
        let key = try Fixture.key()
        #expect(try Fixture.verifier().claims(of: Fixture.token()).subject.name == "anna")
        let plain = try Fixture.forge(
            header: #"{"alg":"HS256","kid":"\#(key.identifier)"}"#, payload: Fixture.payload(), key: key)
        #expect(throws: Never.self) { try Fixture.verifier().claims(of: plain) }
        let deep = try Fixture.token(["x": Self.nested(63)])
        #expect(throws: Never.self) { try Fixture.verifier().claims(of: deep) }
        let long = try Fixture.token(["x": "\"\(String(repeating: "a", count: 5800))\""])
        #expect(throws: Never.self) { try Fixture.verifier().claims(of: long) }
        let latest = try Fixture.token(expires: Fixture.now + 31_622_400)
        #expect(throws: Never.self) { try Fixture.verifier().claims(of: latest) }
    }

    @Test func `refuses a signature with any byte changed, missing or added`() throws {
        let token = try Fixture.token()
        let signature = try #require(CompactToken(token)).signature
        var wrong: [[UInt8]] = (0..<signature.count).map { Array(signature[..<$0]) }
        wrong += [signature + [0], [0] + signature, Array(signature.reversed())]
        for index in signature.indices {
            for bit in 0..<8 {
                var changed = signature
                changed[index] ^= 1 << bit
                wrong.append(changed)
            }
        }
        for signature in wrong {
            let forged = token.parts(2) { _ in Base64URL.encode(signature) }
            #expect(throws: TokenFault.invalid) { try Fixture.verifier().claims(of: forged) }
        }
    }

    @Test func `refuses a token with any character changed or cut off`() throws {
        let token = Array(try Fixture.token())
        for index in token.indices {
            var changed = token
            changed[index] = token[index] == "A" ? "B" : "A"
            #expect(throws: TokenFault.invalid) { try Fixture.verifier().claims(of: String(changed)) }
            #expect(throws: TokenFault.invalid) { try Fixture.verifier().claims(of: String(token[..<index])) }
        }
    }

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}

extension String {
    /// Changes one of the parts between the dots.
    fileprivate func parts(_ index: Int, _ change: (String) -> String) -> String {
        var parts = split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        parts[index] = change(parts[index])
        return parts.joined(separator: ".")
    }
}
