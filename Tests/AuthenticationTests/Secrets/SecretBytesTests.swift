import Testing

@testable import Authentication

@Suite struct SecretBytesTests {
    @Test func `are not shown`() {
        let secret = SecretBytes("geheim".utf8)
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("geheim"))
            #expect(!text.contains("103"))
        }
        #expect(secret.count == 6)
    }

    @Test func `are compared with themselves and others`() {
        let secret = SecretBytes("geheim".utf8)
        #expect(secret.isEqual(to: secret))
        #expect(secret.isEqual(to: SecretBytes("geheim".utf8)))
        #expect(!secret.isEqual(to: SecretBytes("geheiM".utf8)))
        #expect(!secret.isEqual(to: SecretBytes("".utf8)))
    }

    @Test func `are overwritten`() {
        var bytes = Array("geheim".utf8)
        SecretBytes.clear(&bytes)
        #expect(bytes == [0, 0, 0, 0, 0, 0])
    }
}
