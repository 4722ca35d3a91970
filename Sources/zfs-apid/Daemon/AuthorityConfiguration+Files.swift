import Authentication
import Glibc
import ZFSRPC

extension AuthorityConfiguration {
    /// Puts users, keys and the static token of a configuration together; reads the files of the secrets anew.
    ///
    /// The signing key is made when its file does not exist yet.
    /// - Throws: ``DaemonError`` that names the key and what is wrong with it.
    init(_ configuration: DaemonConfiguration) throws(DaemonError) {
        let auth = configuration.auth
        self.init(
            users: try auth.users.map { user throws(DaemonError) in try User(user) },
            keys: SigningKeys(
                current: try Self.currentKey(configuration),
                previous: try auth.previousSecretFile.map { path throws(DaemonError) in
                    try Self.key("auth.previous_secret_file", path) { path throws(SecretFileError) in
                        try SecretFile.read(path)
                    }
                }
            ),
            staticToken: try Self.staticToken(auth),
            tokenLifetime: Int(auth.tokenLifetime.components.seconds),
            audience: auth.audience,
            loginLimit: auth.loginLimit.rate
        )
    }

    /// The key that signs; for `zfs-apid token issue` too.
    static func currentKey(_ configuration: DaemonConfiguration) throws(DaemonError) -> SigningKey {
        if let secret = configuration.auth.secretKey {
            do {
                return try SigningKey(SecretBytes(secret.text.utf8))
            } catch {
                throw DaemonError(description: "ZFS_API_SECRET_KEY: \(error)")
            }
        }
        return try key("auth.secret_file", configuration.secretFile) { path throws(SecretFileError) in
            try SecretFile.readOrCreate(path)
        }
    }

    private static func key(
        _ name: String,
        _ path: String,
        _ read: (String) throws(SecretFileError) -> SecretBytes
    ) throws(DaemonError) -> SigningKey {
        let secret: SecretBytes
        do {
            secret = try read(path)
        } catch {
            throw DaemonError(description: "\(name): \(error)")
        }
        do {
            return try SigningKey(secret)
        } catch {
            throw DaemonError(description: "\(name): \(path): \(error)")
        }
    }

    private static func staticToken(_ auth: AuthConfiguration) throws(DaemonError) -> StaticToken? {
        let secret: SecretBytes
        if let token = auth.token {
            secret = SecretBytes(token.text.utf8)
        } else if let path = auth.tokenFile {
            do {
                secret = try SecretFile.read(path)
            } catch {
                throw DaemonError(description: "auth.token_file: \(error)")
            }
        } else {
            return nil
        }
        do {
            return try StaticToken(secret, role: auth.tokenRole)
        } catch {
            throw DaemonError(description: "the static token: \(error)")
        }
    }
}

extension User {
    /// The user of a configuration; reads the file of its password hash.
    init(_ user: UserConfiguration) throws(DaemonError) {
        do {
            let hash: PasswordHash
            switch user.passwordHash {
            case .text(let text): hash = try PasswordHash(text)
            case .file(let path): hash = try PasswordHash(SecretFile.read(path))
            }
            self.init(name: user.name, passwordHash: hash, role: user.role, subtrees: user.datasets)
        } catch {
            throw DaemonError(description: "auth.users: the password hash of \(user.name): \(error)")
        }
    }
}
