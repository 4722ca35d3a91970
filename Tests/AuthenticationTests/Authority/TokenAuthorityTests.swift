import RateLimiting
import Synchronization
import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import Authentication

@Suite struct TokenAuthorityTests {
    private let folder: TemporaryFolder
    private let hands = Hands()
    private let limiter = CountingLimiter()
    private let hashed = Hashed()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func configuration(_ users: [User]? = nil) throws -> AuthorityConfiguration {
        let defaults = [
            try user("anna", .admin), try user("bert", .viewer, subtrees: [try DatasetName("tank/bert")]),
            User(name: "robot", passwordHash: nil, role: .operator),
        ]
        return AuthorityConfiguration(users: users ?? defaults, keys: SigningKeys(current: try Fixture.key()))
    }

    /// The hash is one of bcrypt with cost 5; that the password of a user is its name is up to `Hashed`.
    private func user(_ name: String, _ role: Role, subtrees: [DatasetName]? = nil) throws -> User {
        let digits = name.padding(53)
        return User(name: name, passwordHash: try PasswordHash("$2b$05$" + digits), role: role, subtrees: subtrees)
    }

    private func authority(
        _ configuration: AuthorityConfiguration? = nil, waitingLogins: Int = 16
    ) throws -> TokenAuthority {
        let hashed = hashed
        return try TokenAuthority(
            configuration ?? self.configuration(),
            revocations: RevocationList(
                path: folder.file("revoked"), limit: 100, clock: hands.clock, retryDelay: .zero, spareLines: 20),
            limiter: limiter, waitingLogins: waitingLogins, clock: hands.clock
        ) { password, hash in hashed.check(password, hash) }
    }

    private func error(_ work: () async throws -> Void) async -> RPCError? {
        do {
            try await work()
            return nil
        } catch {
            return error as? RPCError
        }
    }

    @Test func `a login gives a token that stands for the user`() async throws {
        let authority = try authority()
        let issued = try await authority.login(user: "bert", password: "bert", peer: "192.0.2.1")
        #expect(issued.expiresIn == 1800)
        let principal = try await authority.principal(bearing: issued.token)
        #expect(principal.name == "bert")
        #expect(principal.role == .viewer)
        #expect(principal.subtrees == [try DatasetName("tank/bert")])
        #expect(principal.kind == .token)
        #expect(principal.tokenID?.hasSuffix("-\(Fixture.now + 1800)") == true)
    }

    @Test func `a real password gets in, through libcrypt`() async throws {
        let hash = try PasswordHash("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")
        let authority = try TokenAuthority(
            configuration([User(name: "anna", passwordHash: hash, role: .admin)]),
            revocations: RevocationList(path: folder.file("revoked")), limiter: limiter)
        let issued = try await authority.login(user: "anna", password: "U*U", peer: "p")
        let principal = try await authority.principal(bearing: issued.token)
        #expect(principal.name == "anna")
        let refused = await error { _ = try await authority.login(user: "anna", password: "U*V", peer: "p") }
        #expect(refused?.reason == "credentials_refused")
    }

    @Test(arguments: [
        ("anna", "wrong"), ("anna", ""), ("nobody", "nobody"), ("", ""), ("", "anna"), ("robot", "robot"),
        ("anna\0", "anna"), ("Anna", "Anna"), ("localhost", "localhost"), ("token", "token"), ("anna", "anna\0"),
        (String(repeating: "a", count: 100_000), "x"), ("bert", "anna"),
    ])
    func `all logins that fail are answered alike, and cost one hash each`(user: String, password: String) async throws
    {
        let authority = try authority()
        let error = await error { _ = try await authority.login(user: user, password: password, peer: "p") }
        #expect(error == RPCError(.credentialsRefused, "credentials_refused", "user or password is wrong"))
        #expect(hashed.works == ["bcrypt 5"])
    }

    @Test func `an unknown user costs as much as most users do`() async throws {
        let usual = try (1...3).map { number in
            User(
                name: "u\(number)", passwordHash: try PasswordHash.decoy(method: .yescrypt, cost: 3), role: .viewer)
        }
        let authority = try authority(configuration([user("anna", .admin), user("bert", .viewer)] + usual))
        _ = await error { _ = try await authority.login(user: "nobody", password: "x", peer: "p") }
        #expect(hashed.works == ["yescrypt 3"])
        #expect(AuthorityRules.usualWork(of: []) == (.yescrypt, 5))
    }

    @Test func `logins are limited by peer and by user before anything is hashed`() async throws {
        var configuration = try configuration()
        configuration.loginLimit = RateLimit(requests: 3, window: .seconds(60))
        let authority = try authority(configuration)
        for number in 1...3 {
            let error = await error { _ = try await authority.login(user: "u\(number)", password: "x", peer: "p1") }
            #expect(error?.code == .credentialsRefused)
        }
        let byPeer = await error { _ = try await authority.login(user: "anna", password: "anna", peer: "p1") }
        #expect(byPeer?.code == .rateLimited)
        #expect(byPeer?.reason == "rate_limited")
        #expect(byPeer?.isRetryable == true)
        #expect(byPeer?.details?["retry_after"] == .number("2"))
        #expect(hashed.works.count == 3)
        // Those that the limit of the peer stopped do not count against the user.
        #expect(limiter.keys["login user anna"] == nil)
        for number in 1...3 {
            _ = await error { _ = try await authority.login(user: "anna", password: "x", peer: "q\(number)") }
        }
        let byUser = await error { _ = try await authority.login(user: "anna", password: "anna", peer: "q9") }
        #expect(byUser?.code == .rateLimited)
        #expect(hashed.works.count == 6)
    }

    @Test func `names that nobody can have share one count`() async throws {
        let authority = try authority()
        for name in ["", "a b", "\n", String(repeating: "x", count: 65)] {
            _ = await error { _ = try await authority.login(user: name, password: "x", peer: "p") }
        }
        #expect(limiter.keys == ["login peer p": 4, "login user ": 4])
    }

    @Test func `only as many logins wait as are allowed`() async throws {
        let gate = Gate()
        hashed.hold(at: gate)
        let authority = try authority(waitingLogins: 2)
        let answers = await withTaskGroup(of: RPCError?.self) { group in
            group.addTask { await error { _ = try await authority.login(user: "anna", password: "anna", peer: "0") } }
            await gate.arrival()
            for peer in 1...5 {
                group.addTask {
                    await error { _ = try await authority.login(user: "bert", password: "bert", peer: "\(peer)") }
                }
            }
            var answers: [RPCError?] = []
            // Three are refused at once, then the others are let through.
            for await answer in group {
                answers.append(answer)
                if answers.count == 3 { gate.open() }
            }
            return answers
        }
        #expect(answers.count == 6)
        #expect(answers[..<3].allSatisfy { $0?.code == .rateLimited && $0?.reason == "overloaded" })
        #expect(answers[..<3].allSatisfy { $0?.details?["retry_after"] != nil })
        #expect(answers[3...].allSatisfy { $0 == nil })
    }

    @Test func `what the configuration says of a user counts at once`() async throws {
        let authority = try authority()
        let token = try await authority.login(user: "anna", password: "anna", peer: "p").token
        try authority.update(configuration([user("anna", .viewer, subtrees: [try DatasetName("tank/a")])]))
        let lowered = try await authority.principal(bearing: token)
        #expect(lowered.role == .viewer)
        #expect(lowered.subtrees == [try DatasetName("tank/a")])
        try authority.update(configuration([user("bert", .viewer)]))
        let gone = await error { _ = try await authority.principal(bearing: token) }
        #expect(gone?.reason == "token_invalid")
        #expect(gone?.code == .credentialsRefused)
    }

    @Test func `a user may have more datasets than a token has room for`() async throws {
        let many = try (0..<1000).map { try DatasetName("tank/\($0)") }
        let authority = try authority(configuration([user("anna", .viewer, subtrees: many)]))
        let issued = try await authority.login(user: "anna", password: "anna", peer: "p")
        let principal = try await authority.principal(bearing: issued.token)
        #expect(principal.subtrees == many)
    }

    @Test func `a token for a name of its own says itself what it may do`() async throws {
        let authority = try authority()
        let issuer = TokenIssuer(keys: try configuration().keys, clock: hands.clock)
        let subject = TokenSubject(
            name: "ci", role: .operator, subtrees: [try DatasetName("tank/ci")], isStandalone: true)
        let token = try issuer.token(for: subject, lifetime: 60)
        let principal = try await authority.principal(bearing: token)
        #expect(principal.role == .operator)
        #expect(principal.subtrees == [try DatasetName("tank/ci")])
        // It does not get the rights of a user who comes later, nor does it keep its own under that name.
        try authority.update(configuration([user("ci", .admin)]))
        let later = await error { _ = try await authority.principal(bearing: token) }
        #expect(later?.reason == "token_invalid")
        // And one that should have a user needs that user.
        let without = try issuer.token(
            for: TokenSubject(name: "gone", role: .admin, isStandalone: false), lifetime: 60)
        let gone = await error { _ = try await authority.principal(bearing: without) }
        #expect(gone?.reason == "token_invalid")
    }

    @Test func `a user without password has tokens that were issued`() async throws {
        let authority = try authority()
        let issuer = TokenIssuer(keys: try configuration().keys, clock: hands.clock)
        let token = try issuer.token(
            for: TokenSubject(name: "robot", role: .viewer, isStandalone: false), lifetime: 60)
        let principal = try await authority.principal(bearing: token)
        #expect(principal.role == .operator)
    }

    @Test func `tells expired, revoked and invalid tokens apart, and nothing else`() async throws {
        let authority = try authority()
        let token = try await authority.login(user: "anna", password: "anna", peer: "p").token
        let other = try await authority.login(user: "anna", password: "anna", peer: "p").token
        let principal = try await authority.principal(bearing: token)
        try await authority.revoke(tokenID: try #require(principal.tokenID))
        let revoked = await error { _ = try await authority.principal(bearing: token) }
        #expect(revoked?.reason == "token_revoked")
        #expect(throws: Never.self) { try Fixture.verifier().claims(of: token) }
        _ = try await authority.principal(bearing: other)
        hands.advance(1800)
        for text in [token, other] {
            let expired = await error { _ = try await authority.principal(bearing: text) }
            #expect(expired?.reason == "token_expired")
        }
        for text in ["", "x", "a.b.c", String(repeating: "x", count: 100_000), token + "x"] {
            let invalid = await error { _ = try await authority.principal(bearing: text) }
            #expect(invalid?.reason == "token_invalid")
            #expect(invalid?.code == .credentialsRefused)
            #expect(invalid?.message == "the token is not valid; log in with auth_login")
        }
    }

    @Test func `a revoked token stays revoked after a restart`() async throws {
        let before = try authority()
        let token = try await before.login(user: "anna", password: "anna", peer: "p").token
        let principal = try await before.principal(bearing: token)
        try await before.revoke(tokenID: try #require(principal.tokenID))
        let after = try authority()
        let revoked = await error { _ = try await after.principal(bearing: token) }
        #expect(revoked?.reason == "token_revoked")
    }

    @Test(arguments: [
        "", "x", "000102030405060708090a0b0c0d0e0f", "000102030405060708090a0b0c0d0e0f-99999999999",
        "000102030405060708090a0b0c0d0e0f-1800000600\n", "../../etc/passwd",
    ])
    func `revokes identifiers only`(text: String) async throws {
        let authority = try authority()
        let error = await error { try await authority.revoke(tokenID: text) }
        #expect(error?.code == .invalidValue)
        #expect(folder.names == [])
    }

    @Test func `nobody gets in with a signed token while the list cannot be read`() async throws {
        folder.makeFolder("revoked")
        var configuration = try configuration()
        configuration.staticToken = try StaticToken(SecretBytes("a static token of length".utf8))
        let authority = try authority(configuration)
        let token = try await authority.login(user: "anna", password: "anna", peer: "p").token
        let refused = await error { _ = try await authority.principal(bearing: token) }
        #expect(refused?.code == .unavailable)
        #expect(refused?.reason == "revocation_list_unavailable")
        #expect(refused?.message.contains(folder.path) == false)
        let notRevoked = await error { try await authority.revoke(tokenID: "\(Fixture.random)-\(Fixture.now + 9)") }
        #expect(notRevoked?.code == .unavailable)
        // The static token cannot be revoked that way, so it does not depend on the list.
        _ = try await authority.principal(bearing: "a static token of length")
        let invalid = await error { _ = try await authority.principal(bearing: "a static token of lengtH") }
        #expect(invalid?.reason == "token_invalid")
    }

    @Test func `the static token stands for an administrator unless it is told otherwise`() async throws {
        let secret = SecretBytes("0123456789abcdef".utf8)
        var configuration = try configuration()
        configuration.staticToken = try StaticToken(secret)
        let authority = try authority(configuration)
        let principal = try await authority.principal(bearing: "0123456789abcdef")
        #expect(principal == Principal(name: "token", role: .admin, kind: .staticToken))
        configuration.staticToken = try StaticToken(
            secret, name: "panel", role: .viewer, subtrees: [try DatasetName("tank")])
        try authority.update(configuration)
        let limited = try await authority.principal(bearing: "0123456789abcdef")
        #expect(
            limited
                == Principal(
                    name: "panel", role: .viewer, subtrees: [try DatasetName("tank")], kind: .staticToken))
        configuration.staticToken = nil
        try authority.update(configuration)
        let gone = await error { _ = try await authority.principal(bearing: "0123456789abcdef") }
        #expect(gone?.reason == "token_invalid")
        #expect(throws: StaticTokenError.length(15)) { try StaticToken(SecretBytes("0123456789abcde".utf8)) }
    }

    @Test func `a lifetime is kept within what can be revoked`() async throws {
        var configuration = try configuration()
        configuration.tokenLifetime = 60
        let authority = try authority(configuration)
        let short = try await authority.login(user: "anna", password: "anna", peer: "p")
        #expect(short.expiresIn == 60)
        hands.advance(60)
        let expired = await error { _ = try await authority.principal(bearing: short.token) }
        #expect(expired?.reason == "token_expired")
        configuration.tokenLifetime = .max
        try authority.update(configuration)
        let long = try await authority.login(user: "anna", password: "anna", peer: "p")
        #expect(long.expiresIn == 31_622_400)
        _ = try await authority.principal(bearing: long.token)
    }

    @Test(arguments: [
        ("anna", true), ("a", true), ("A.b_c-d@e+f", true), ("_x", true), ("0", true), ("", false), ("-a", false),
        (".a", false), ("a b", false), ("é", false), ("a\n", false), ("a/b", false), ("localhost", false),
        ("token", false),
    ])
    func `names of users are plain`(name: String, isLegal: Bool) {
        #expect(User.isLegal(name: name) == isLegal)
    }
}

/// Stands for the hashing: a password is right when the hash of its user was made from it.
private final class Hashed: Sendable {
    private let done = Mutex<[String]>([])
    private let gate = Mutex<Gate?>(nil)

    var works: [String] { done.withLock { $0 } }

    func hold(at gate: Gate) { self.gate.withLock { $0 = gate } }

    func check(_ password: SecretBytes, _ hash: PasswordHash) -> Bool {
        done.withLock { $0.append("\(hash.method.rawValue) \(hash.cost)") }
        gate.withLock { $0 }?.pass()
        return password.withBytes { hash.text == "$2b$05$" + String(decoding: $0, as: UTF8.self).padding(53) }
    }
}

extension String {
    fileprivate func padding(_ length: Int) -> String {
        self + String(repeating: ".", count: max(0, length - count))
    }
}
