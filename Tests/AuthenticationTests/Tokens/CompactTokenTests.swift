import Testing

@testable import Authentication

@Suite struct CompactTokenTests {
    /// RFC 7515 appendix A.1.
    private static let example =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let exampleKey =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"

    @Test func `the example of RFC 7515 A 1 is signed with its key`() throws {
        let key = try SigningKey(SecretBytes(try #require(Base64URL.decode(Self.exampleKey.utf8))))
        let token = try #require(CompactToken(Self.example))
        #expect(
            String(decoding: token.payload, as: UTF8.self)
                == "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}")
        #expect(try token.isSigned(with: key))
        #expect(try !token.isSigned(with: Fixture.key()))
        // It names no key, so it is not one of ours although it is signed.
        #expect(token.keyIdentifier == nil)
    }

    @Test func `what is signed here is verified here`() throws {
        let key = try Fixture.key()
        let token = try #require(CompactToken(try CompactToken.sign(Array("{}".utf8), with: key)))
        #expect(token.keyIdentifier == key.identifier)
        #expect(try token.isSigned(with: key))
        #expect(token.payload == Array("{}".utf8))
    }

    @Test func `the name of a key is made from the key`() throws {
        #expect(try Fixture.key().identifier == Fixture.key().identifier)
        #expect(try Fixture.key().identifier != Fixture.key("another secret, just as long as the one").identifier)
        #expect(try Fixture.key().identifier.count == 16)
    }

    @Test func `a key has 32 bytes or more`() {
        #expect(throws: SigningKeyError.tooShort(bytes: 31)) {
            try SigningKey(SecretBytes([UInt8](repeating: 1, count: 31)))
        }
        #expect(throws: Never.self) { try SigningKey(SecretBytes([UInt8](repeating: 1, count: 32))) }
    }
}
