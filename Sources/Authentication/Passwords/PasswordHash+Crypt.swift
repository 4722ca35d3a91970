internal import CCrypt
internal import Glibc

extension PasswordHash {
    /// Hashes a new password with a new salt, which takes as long as a login does.
    /// - Parameter cost: One of the method's; nil for its default.
    /// - Returns: The text for the configuration.
    /// - Throws: `PasswordFault` when the method cannot take the password or the cost.
    public static func make(
        _ password: SecretBytes, method: PasswordMethod = .yescrypt, cost: Int? = nil
    ) throws(PasswordFault) -> String {
        try check(password, method: method)
        guard let hash = crypt(password, setting: try setting(method: method, cost: cost ?? method.defaultCost)) else {
            throw .cryptography(CryptographyError(call: "crypt_ra"))
        }
        return hash
    }

    /// A hash that no password has, and that takes as much work to check as another of its method and cost.
    static func decoy(method: PasswordMethod, cost: Int) throws(PasswordFault) -> PasswordHash {
        let length = method == .bcrypt ? 31 : 43
        do {
            // Random digits stand where the hash would: no password that anybody finds leads to them.
            let digits = Hexadecimal.text(try RandomBytes.make(32)).prefix(length)
            let separator = method == .bcrypt ? "" : "$"
            return try PasswordHash("\(try setting(method: method, cost: cost))\(separator)\(digits)")
        } catch let error as PasswordFault {
            throw error
        } catch {
            throw .cryptography(CryptographyError(call: "RAND_bytes"))
        }
    }

    /// Refuses passwords that crypt(3) would cut or cannot take.
    static func check(_ password: SecretBytes, method: PasswordMethod) throws(PasswordFault) {
        guard password.count > 0 else { throw .empty }
        guard password.count <= method.longestPassword else {
            throw .tooLong(limit: method.longestPassword, method: method)
        }
        guard !password.withBytes({ $0.contains(0) }) else { throw .hasNUL }
    }

    /// Whether this is the hash of a password.
    ///
    /// It blocks its thread for the time that the cost says. A password that the method cannot take costs the same time, and is wrong.
    func matches(_ password: SecretBytes) -> Bool {
        let isLegal: Bool
        do {
            try Self.check(password, method: method)
            isLegal = true
        } catch {
            isLegal = false
        }
        let tried = isLegal ? password : SecretBytes("x".utf8)
        guard let result = Self.crypt(tried, setting: text) else { return false }
        return ConstantTime.areEqual(Array(result.utf8), Array(text.utf8)) && isLegal
    }

    /// Method, cost and a random salt, as crypt(3) wants them.
    private static func setting(method: PasswordMethod, cost: Int) throws(PasswordFault) -> String {
        guard method.costs.contains(cost) else { throw .cost(method) }
        // Without random bytes of ours it asks the kernel for some.
        guard let setting = unsafe crypt_gensalt_ra(method.prefix, UInt(cost), nil, 0) else {
            throw .cryptography(CryptographyError(call: "crypt_gensalt_ra"))
        }
        defer { unsafe free(setting) }
        return unsafe String(cString: setting)
    }

    /// crypt(3) in memory of its own, which is cleared; nil when it fails.
    static func crypt(_ password: SecretBytes, setting: String) -> String? {
        password.withBytes { bytes in
            var phrase: [CChar] = []
            phrase.reserveCapacity(bytes.count + 1)
            for byte in bytes { phrase.append(CChar(bitPattern: byte)) }
            phrase.append(0)
            defer { SecretBytes.clear(&phrase) }
            var data: UnsafeMutableRawPointer?
            var size: Int32 = 0
            defer {
                if let data = unsafe data {
                    unsafe explicit_bzero(data, Int(size))
                    unsafe free(data)
                }
            }
            return unsafe crypt_ra(phrase, setting, &data, &size).map { unsafe String(cString: $0) }
        }
    }
}
