import Glibc

extension DaemonConfiguration {
    /// Reports each file that is named and missing, or that others may read though it holds a secret.
    func checkFiles(_ findings: inout ConfigurationFindings) {
        for (key, file) in referencedFiles {
            guard let fault = file.fault else { continue }
            findings.report([key], fault)
        }
        for root in files.roots {
            guard let fault = Self.fault(ofRoot: root) else { continue }
            findings.report(["files.roots"], fault)
        }
    }

    private static func fault(ofRoot path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            return unsafe "\(path) cannot be opened as a folder: \(String(cString: strerror(errno)))"
        }
        close(descriptor)
        return nil
    }

    private var referencedFiles: [(key: String, file: ReferencedFile)] {
        var files: [(key: String, file: ReferencedFile)] = []
        func add(_ key: String, _ path: String?, _ content: ReferencedFile.Content, isMade: Bool = false) {
            guard let path else { return }
            files.append((key, ReferencedFile(path: path, content: content, isMade: isMade)))
        }
        let key = ReferencedFile.Content.secret(
            isRight: { $0.utf8.count >= 32 },
            meaning: "a key of at least 32 characters; make one with: openssl rand -hex 32"
        )
        let token = ReferencedFile.Content.secret(
            isRight: { TextForm.token.parse($0) != nil },
            meaning: TextForm.token.meaning
        )
        let hash = ReferencedFile.Content.secret(
            isRight: PasswordHashForm.matches,
            meaning: "a hash that zfs-apid hash-password prints"
        )
        let password = ReferencedFile.Content.secret(isRight: { !$0.isEmpty }, meaning: "a password")
        let pem = ReferencedFile.Content.secret(isRight: { _ in true }, meaning: "")
        add("tls.certificate", tls.certificate, .open)
        add("tls.key", tls.key, pem)
        add("tls.client_ca", tls.clientCA, .open)
        if auth.secretKey == nil { add("auth.secret_file", secretFile, key, isMade: true) }
        add("auth.previous_secret_file", auth.previousSecretFile, key)
        if auth.token == nil { add("auth.token_file", auth.tokenFile, token) }
        for (index, user) in auth.users.enumerated() {
            guard case .file(let path) = user.passwordHash else { continue }
            add("auth.users[\(index)].password_hash_file", path, hash)
        }
        add("redis.password_file", redis.passwordFile, password)
        return files
    }
}
