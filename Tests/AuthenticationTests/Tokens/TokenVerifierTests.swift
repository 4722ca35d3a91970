import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import Authentication

@Suite struct TokenVerifierTests {
    @Test func `reads back what was issued`() throws {
        let keys = SigningKeys(current: try Fixture.key())
        let subject = TokenSubject(
            name: "backup@host-1", role: .operator, subtrees: [try DatasetName("tank/a"), try DatasetName("tank/b c")],
            isStandalone: true)
        let token = try TokenIssuer(keys: keys, clock: Fixture.clock).token(for: subject, lifetime: 90)
        let claims = try Fixture.verifier().claims(of: token)
        #expect(claims.subject == subject)
        #expect(claims.issuedAt == Fixture.now)
        #expect(claims.expires == Fixture.now + 90)
        #expect(claims.tokenID.description.hasSuffix("-\(Fixture.now + 90)"))
    }

    @Test func `no datasets are not all datasets`() throws {
        let issuer = TokenIssuer(keys: SigningKeys(current: try Fixture.key()), clock: Fixture.clock)
        for subtrees in [nil, []] as [[DatasetName]?] {
            let subject = TokenSubject(name: "anna", role: .viewer, subtrees: subtrees, isStandalone: true)
            let token = try issuer.token(for: subject, lifetime: 1)
            #expect(try Fixture.verifier().claims(of: token).subject.subtrees == subtrees)
        }
    }

    @Test func `each token has an identifier of its own`() throws {
        let issuer = TokenIssuer(keys: SigningKeys(current: try Fixture.key()), clock: Fixture.clock)
        let subject = TokenSubject(name: "anna", role: .viewer, isStandalone: false)
        let identifiers = try (0..<100).map { _ in
            try Fixture.verifier().claims(of: issuer.token(for: subject, lifetime: 9)).tokenID
        }
        #expect(Set(identifiers).count == 100)
    }

    @Test func `a token lives until the second it expires`() throws {
        let token = try Fixture.token()
        #expect(throws: Never.self) { try Fixture.verifier(now: Fixture.now + 599).claims(of: token) }
        #expect(throws: TokenFault.expired) { try Fixture.verifier(now: Fixture.now + 600).claims(of: token) }
        #expect(throws: TokenFault.expired) { try Fixture.verifier(now: Fixture.now + 86_400_000).claims(of: token) }
    }

    @Test func `another clock may be a minute ahead, and no more`() throws {
        let token = try Fixture.token()
        #expect(throws: Never.self) { try Fixture.verifier(now: Fixture.now - 60).claims(of: token) }
        #expect(throws: TokenFault.invalid) { try Fixture.verifier(now: Fixture.now - 61).claims(of: token) }
        let later = try Fixture.token(["nbf": "\(Fixture.now + 60)"])
        #expect(throws: Never.self) { try Fixture.verifier().claims(of: later) }
        let tooLate = try Fixture.token(["nbf": "\(Fixture.now + 61)"])
        #expect(throws: TokenFault.invalid) { try Fixture.verifier().claims(of: tooLate) }
    }

    @Test func `two keys live during a rotation`() throws {
        let old = try Fixture.key()
        let new = try Fixture.key("fedcba9876543210fedcba9876543210")
        let subject = TokenSubject(name: "anna", role: .viewer, isStandalone: false)
        let before = try TokenIssuer(keys: SigningKeys(current: old), clock: Fixture.clock)
            .token(for: subject, lifetime: 60)
        let rotated = SigningKeys(current: new, previous: old)
        let after = try TokenIssuer(keys: rotated, clock: Fixture.clock).token(for: subject, lifetime: 60)
        let during = TokenVerifier(keys: rotated, audience: nil, clock: Fixture.clock)
        let afterwards = TokenVerifier(keys: SigningKeys(current: new), audience: nil, clock: Fixture.clock)
        #expect(throws: Never.self) { try during.claims(of: before) }
        #expect(throws: Never.self) { try during.claims(of: after) }
        #expect(throws: Never.self) { try afterwards.claims(of: after) }
        #expect(throws: TokenFault.invalid) { try afterwards.claims(of: before) }
        #expect(throws: TokenFault.invalid) { try Fixture.verifier().claims(of: after) }
    }

    @Test func `an audience is for those who have it`() throws {
        let none = try Fixture.token()
        let ours = try Fixture.token(["aud": #""tank""#])
        let several = try Fixture.token(["aud": #"["x","tank"]"#])
        let others = try Fixture.token(["aud": #""x""#])
        let verifier = try Fixture.verifier(audience: "tank")
        #expect(throws: Never.self) { try verifier.claims(of: ours) }
        #expect(throws: Never.self) { try verifier.claims(of: several) }
        #expect(throws: TokenFault.invalid) { try verifier.claims(of: others) }
        #expect(throws: TokenFault.invalid) { try verifier.claims(of: none) }
        #expect(throws: TokenFault.invalid) { try Fixture.verifier().claims(of: ours) }
        let issuer = TokenIssuer(
            keys: SigningKeys(current: try Fixture.key()), audience: "tank", clock: Fixture.clock)
        let token = try issuer.token(
            for: TokenSubject(name: "anna", role: .viewer, isStandalone: false), lifetime: 60)
        #expect(throws: Never.self) { try verifier.claims(of: token) }
    }

    @Test func `an issuer refuses what a verifier would`() throws {
        let issuer = TokenIssuer(keys: SigningKeys(current: try Fixture.key()), clock: Fixture.clock)
        #expect(throws: TokenIssueError.illegalName) {
            try issuer.token(for: TokenSubject(name: "a\0b", role: .viewer, isStandalone: true), lifetime: 60)
        }
        let many = try (0..<1000).map { try DatasetName("tank/\($0)") }
        #expect(throws: TokenIssueError.tooLong) {
            try issuer.token(
                for: TokenSubject(name: "a", role: .viewer, subtrees: many, isStandalone: true), lifetime: 60)
        }
    }

    @Test(arguments: ["", "0", "00", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef-"])
    func `an identifier has random digits and an expiry`(text: String) {
        #expect(TokenID(text) == nil)
    }

    @Test func `an identifier comes back as it was written`() throws {
        let text = "00ff02030405060708090a0b0c0d0e0f-1800000000"
        #expect(try #require(TokenID(text)).description == text)
        #expect(TokenID(text.uppercased()) == nil)
        #expect(TokenID(text + "0000") == nil)
        #expect(TokenID("00ff02030405060708090a0b0c0d0e0f-01800000000") == nil)
    }
}
