import ArgumentParser
import Authentication
import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import zfs_apid

@Suite struct TokenIssueTests {
    private let keys: SigningKeys

    init() throws {
        keys = SigningKeys(current: try SigningKey(SecretBytes("0123456789abcdef0123456789abcdef".utf8)))
    }

    private func command(_ arguments: String...) throws -> TokenIssue {
        try #require(try ZFSAPIDaemon.parseAsRoot(["token", "issue"] + arguments) as? TokenIssue)
    }

    /// The claims as JSON; the signature is checked elsewhere.
    private func claims(_ command: TokenIssue, users: [User] = []) throws -> String {
        let parts = try command.token(keys: keys, users: users).split(separator: ".")
        try #require(parts.count == 3)
        return try #require(base64URL(parts[1]))
    }

    @Test func `a name that is no user has what the command says`() throws {
        let text = try claims(command("--user", "ci", "--role", "operator", "--datasets", "tank/a,tank/b"))
        #expect(text.contains(#""sub":"ci""#))
        #expect(text.contains(#""role":"operator""#))
        #expect(text.contains(#""datasets":["tank/a","tank/b"]"#))
        #expect(text.contains(#""standalone":true"#))
        #expect(try !claims(command("--user", "ci", "--role", "operator")).contains("datasets"))
    }

    @Test func `a user of the configuration has what that says`() throws {
        let user = User(name: "anna", passwordHash: nil, role: .viewer, subtrees: [try DatasetName("tank/anna")])
        let text = try claims(command("--user", "anna"), users: [user])
        #expect(text.contains(#""role":"viewer""#))
        #expect(!text.contains("standalone") && !text.contains("datasets"))
        #expect(throws: ValidationError.self) {
            try claims(command("--user", "anna", "--role", "admin"), users: [user])
        }
        #expect(throws: ValidationError.self) {
            try claims(command("--user", "anna", "--datasets", "tank"), users: [user])
        }
    }

    @Test func `a name that is no user needs a role`() throws {
        #expect(throws: ValidationError.self) { try claims(command("--user", "ci")) }
    }

    @Test(arguments: [
        ["--user", "a b", "--role", "viewer"], ["--user", "localhost", "--role", "viewer"],
        ["--user", "a", "--role", "root"], ["--user", "a", "--role", "viewer", "--ttl", "0"],
        ["--user", "a", "--role", "viewer", "--ttl", "31622401"],
        ["--user", "a", "--role", "viewer", "--datasets", ""],
        ["--user", "a", "--role", "viewer", "--datasets", "tank,-r"], ["--role", "viewer"],
    ])
    func `refuses what no token can have`(arguments: [String]) {
        #expect(throws: (any Error).self) { try ZFSAPIDaemon.parseAsRoot(["token", "issue"] + arguments) }
    }

    @Test(arguments: [
        ["--method", "md5"], ["--method", "yescrypt", "--cost", "9"], ["--method", "bcrypt", "--cost", "3"],
    ])
    func `refuses costs that a method does not have`(arguments: [String]) {
        #expect(throws: (any Error).self) { try ZFSAPIDaemon.parseAsRoot(["hash-password"] + arguments) }
    }
}

/// The text behind base64url, nil when it is none.
private func base64URL(_ text: Substring) -> String? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for character in text {
        guard let value = alphabet.firstIndex(of: character) else { return nil }
        bits = (bits << 6 | value) & 0xFFFF
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        }
    }
    return String(validating: bytes, as: UTF8.self)
}
