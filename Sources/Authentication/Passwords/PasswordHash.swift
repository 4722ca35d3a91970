/// The hash of a password, in one of the forms of crypt(5) that are still good.
public struct PasswordHash: Sendable, Hashable {
    /// The hash with its method, cost and salt; not for logs.
    let text: String
    /// How it was made.
    public let method: PasswordMethod
    /// How much work it is, in the terms of the method.
    public let cost: Int

    /// Reads a hash: `$2a$`, `$2b$`, `$2y$` or `$y$`, as zfs-apid, htpasswd or mkpasswd make them.
    /// - Throws: `PasswordHashError` with the name of a method that is not accepted, or what else is wrong.
    public init(_ text: String) throws(PasswordHashError) {
        self.text = text
        if ["$2a$", "$2b$", "$2y$"].contains(where: text.hasPrefix) {
            method = .bcrypt
            cost = try Self.bcryptCost(text)
        } else if text.hasPrefix("$y$") {
            method = .yescrypt
            cost = try Self.yescryptCost(text)
        } else {
            throw Self.others.first { text.hasPrefix($0.prefix) }.map { .method($0.name) } ?? .notAHash
        }
        guard method.costs.contains(cost) else { throw .cost(method) }
    }

    /// What hashes of methods that are not accepted begin with.
    private static let others: [(prefix: String, name: String)] = [
        ("$1$", "MD5"), ("$2x$", "faulty bcrypt ($2x$)"), ("$3$", "NT"), ("$5$", "SHA-256"), ("$6$", "SHA-512"),
        ("$7$", "scrypt"), ("$gy$", "gost-yescrypt"), ("$md5", "Sun MD5"), ("$sha1", "SHA-1"), ("$apr1$", "Apache MD5"),
        ("$argon2", "Argon2"), ("$pbkdf2", "PBKDF2"), ("{SHA}", "SHA-1"), ("{SSHA}", "salted SHA-1"),
    ]

    /// `$2b$12$`, 22 characters of salt, 31 of hash.
    private static func bcryptCost(_ text: String) throws(PasswordHashError) -> Int {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard
            parts.count == 4, parts[2].utf8.count == 2, parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let cost = Int(parts[2]),
            parts[3].utf8.count == 53, parts[3].utf8.allSatisfy(isDigit)
        else { throw .malformed(.bcrypt) }
        return cost
    }

    /// `$y$j9T$`, up to 86 characters of salt, `$`, 43 of hash, with the parameters that crypt_gensalt(3) makes.
    private static func yescryptCost(_ text: String) throws(PasswordHashError) -> Int {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard
            parts.count == 5,
            let index = yescryptParameters.firstIndex(of: String(parts[2])),
            // One character alone is no byte.
            (1...86).contains(parts[3].utf8.count), parts[3].utf8.count % 4 != 1, parts[3].utf8.allSatisfy(isDigit),
            parts[4].utf8.count == 43, parts[4].utf8.allSatisfy(isDigit)
        else { throw .malformed(.yescrypt) }
        return index + 1
    }

    /// The parameters for the costs 1 to 11 (libxcrypt `lib/crypt-yescrypt.c`, gensalt_yescrypt_rn): flags, log2 of N,
    /// and r, one digit each.
    private static let yescryptParameters = [
        "j75", "j85", "j7T", "j8T", "j9T", "jAT", "jBT", "jCT", "jDT", "jET", "jFT",
    ]

    /// Whether a character is one of the 64 digits of crypt(5).
    private static func isDigit(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: ".")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

extension PasswordHash {
    /// Takes the text of a file.
    /// - Throws: `PasswordHashError` as for a text.
    public init(_ secret: SecretBytes) throws(PasswordHashError) {
        try self.init(secret.withBytes { String(decoding: $0, as: UTF8.self) })
    }
}

extension PasswordHash: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method and the cost, not the hash.
    public var description: String { "\(method.rawValue) hash of cost \(cost)" }
    /// The method and the cost, not the hash.
    public var debugDescription: String { description }
    /// Has no children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
