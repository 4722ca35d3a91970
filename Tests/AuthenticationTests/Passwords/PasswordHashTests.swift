import Testing

@testable import Authentication

@Suite struct PasswordHashTests {
    /// The bcrypt ones are those of crypt_blowfish, the yescrypt ones those of the implementation in Go by yescrypt's author.
    @Test(arguments: [
        (Array("U*U".utf8), "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        (Array("U*U*".utf8), "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
        (Array("U*U*U".utf8), "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
        (
            Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8),
            "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"
        ),
        ([0xA3], "$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"),
        (Array("test1".utf8), "$y$j75$z7ztFz2FayrKI79/jEwlL.$u5x/j193MQ09wbFaRGYr0AH/A/jh3kunjuhYRVRNkmC"),
        (Array("test3".utf8), "$y$j7T$aoovSEloTaFiZVMrFisfy.$wLTAPbITTB/XIpAGwcX0xxRCFEcDgPWpXTsij0SEbC5"),
        (Array("test5".utf8), "$y$j9T$fqIAg4Vpv9o1MKgWMnyax.$BxkUx27fLJlPOfyIfNEBPzjrDQ95LXKgN5OJii3GL7."),
    ])
    func `knows passwords by their published hashes`(password: [UInt8], text: String) throws {
        let hash = try PasswordHash(text)
        #expect(hash.matches(SecretBytes(password)))
        #expect(!hash.matches(SecretBytes(password + [0x21])))
        #expect(!hash.matches(SecretBytes(password.dropLast())))
        #expect(!hash.matches(SecretBytes(password + [0])))
    }

    @Test func `does not cut a password after 72 bytes`() throws {
        let hash = try PasswordHash("$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")
        let first = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        #expect(!hash.matches(SecretBytes((first + "chars after 72 are ignored").utf8)))
    }

    @Test(arguments: [PasswordMethod.bcrypt, .yescrypt])
    func `makes hashes that it knows again`(method: PasswordMethod) throws {
        let cost = method.costs.lowerBound
        let password = SecretBytes("pässword".utf8)
        let text = try PasswordHash.make(password, method: method, cost: cost)
        let hash = try PasswordHash(text)
        #expect(hash.method == method)
        #expect(hash.cost == cost)
        #expect(hash.matches(password))
        #expect(!hash.matches(SecretBytes("password".utf8)))
        #expect(try PasswordHash.make(password, method: method, cost: cost) != text)
    }

    @Test func `refuses passwords that would not be hashed whole`() {
        let check = { (bytes: [UInt8], method: PasswordMethod) throws(PasswordFault) in
            _ = try PasswordHash.make(SecretBytes(bytes), method: method, cost: 4)
        }
        #expect(throws: PasswordFault.empty) { try check([], .yescrypt) }
        #expect(throws: PasswordFault.hasNUL) { try check([0x61, 0, 0x62], .yescrypt) }
        let x = { (count: Int) in [UInt8](repeating: 0x78, count: count) }
        #expect(throws: PasswordFault.tooLong(limit: 72, method: .bcrypt)) { try check(x(73), .bcrypt) }
        #expect(throws: PasswordFault.tooLong(limit: 511, method: .yescrypt)) { try check(x(512), .yescrypt) }
        #expect(throws: Never.self) { try check(x(72), .bcrypt) }
        #expect(throws: Never.self) { try check(x(511), .yescrypt) }
        #expect(throws: PasswordFault.cost(.bcrypt)) {
            try PasswordHash.make(SecretBytes(x(1)), method: .bcrypt, cost: 17)
        }
    }

    @Test(arguments: [
        ("secret", PasswordHashError.notAHash), ("", .notAHash), ("$", .notAHash), ("*0", .notAHash),
        ("$6$salt$hash", .method("SHA-512")), ("$5$rounds=5000$salt$hash", .method("SHA-256")),
        ("$1$salt$hash", .method("MD5")), ("$7$CU..../....salt$hash", .method("scrypt")),
        ("$gy$j9T$salt$hash", .method("gost-yescrypt")), ("$argon2id$v=19$m=1", .method("Argon2")),
        ("$2x$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", .method("faulty bcrypt ($2x$)")),
        ("{SHA}fEqNCco3Yq9h5ZUglD3CZJT4lBs=", .method("SHA-1")), ("$apr1$x$y", .method("Apache MD5")),
        ("$2b$", .malformed(.bcrypt)), ("$2b$05$short", .malformed(.bcrypt)),
        ("$2b$5$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", .malformed(.bcrypt)),
        ("$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBu", .malformed(.bcrypt)),
        ("$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBuiX", .malformed(.bcrypt)),
        ("$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeB\0i", .malformed(.bcrypt)),
        ("$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeB+i", .malformed(.bcrypt)),
        ("$2b$+5$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", .malformed(.bcrypt)),
        ("$2b$03$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", .cost(.bcrypt)),
        ("$2b$31$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", .cost(.bcrypt)),
        ("$y$", .malformed(.yescrypt)), ("$y$j9T$salt", .malformed(.yescrypt)),
        ("$y$j9T$$u5x/j193MQ09wbFaRGYr0AH/A/jh3kunjuhYRVRNkmC", .malformed(.yescrypt)),
        ("$y$j9T$/////$u5x/j193MQ09wbFaRGYr0AH/A/jh3kunjuhYRVRNkmC", .malformed(.yescrypt)),
        ("$y$j7.$//////$9/wDzXoL4.VS3Ztb.NPiOu4wTpTBKrnJTxBwH1fK70A", .malformed(.yescrypt)),
        ("$y$jzT$//////$9/wDzXoL4.VS3Ztb.NPiOu4wTpTBKrnJTxBwH1fK70A", .malformed(.yescrypt)),
        ("$y$j9T$//////$9/wDzXoL4.VS3Ztb.NPiOu4wTpTBKrnJTxBwH1fK70", .malformed(.yescrypt)),
        ("$y$j9T$//////$9/wDzXoL4.VS3Ztb.NPiOu4wTpTBKrnJTxBwH1fK70A$", .malformed(.yescrypt)),
        ("$y$jFT$//////$9/wDzXoL4.VS3Ztb.NPiOu4wTpTBKrnJTxBwH1fK70A", .cost(.yescrypt)),
    ])
    func `refuses hashes of other methods by name, and damaged ones`(text: String, error: PasswordHashError) {
        #expect(throws: error) { try PasswordHash(text) }
        #expect(text.count < 9 || !error.description.contains(text))
    }

    @Test(arguments: [(PasswordMethod.bcrypt, 4), (.bcrypt, 16), (.yescrypt, 1), (.yescrypt, 8)])
    func `a decoy looks like a hash of its method and cost`(method: PasswordMethod, cost: Int) throws {
        let decoy = try PasswordHash.decoy(method: method, cost: cost)
        #expect(decoy.method == method)
        #expect(decoy.cost == cost)
        #expect(try PasswordHash.decoy(method: method, cost: cost).text != decoy.text)
    }

    @Test func `libcrypt takes decoys, and no password matches`() throws {
        for method in PasswordMethod.allCases {
            let decoy = try PasswordHash.decoy(method: method, cost: method.costs.lowerBound)
            #expect(PasswordHash.crypt(SecretBytes("x".utf8), setting: decoy.text) != nil)
            #expect(!decoy.matches(SecretBytes("x".utf8)))
            #expect(!decoy.matches(SecretBytes("".utf8)))
        }
    }

    @Test func `does not show a hash`() throws {
        let hash = try PasswordHash("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")
        var dumped = ""
        dump(hash, to: &dumped)
        for text in ["\(hash)", String(reflecting: hash), dumped] { #expect(!text.contains("CCCC")) }
    }
}
