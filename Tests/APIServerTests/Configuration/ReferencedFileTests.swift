import Glibc
import TestSupport
import Testing

@testable import zfs_apid

@Suite struct ReferencedFileTests {
    private func faults(_ text: String, _ environment: [String: String] = [:]) -> [String] {
        do {
            _ = try ConfigurationSources(path: "f", environment: environment) { _ in text }.load(checksFiles: true)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test func `takes secrets that only their owner may read`() throws {
        let folder = try TemporaryFolder()
        let token = folder.file("a")
        try folder.write(String(repeating: "x", count: 16) + "\n", to: "a", mode: 0o600)
        let secret = folder.file("b")
        try folder.write(String(repeating: "x", count: 32), to: "b", mode: 0o400)
        let hash = folder.file("c")
        try folder.write(ConfigurationSamples.hash + "\n", to: "c", mode: 0o600)
        let user = "{name: a, role: admin, password_hash_file: \(hash)}"
        #expect(faults("auth: {token_file: \(token), secret_file: \(secret), users: [\(user)]}") == [])
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o610])
    func `refuses secrets that others may use`(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        let token = folder.file("a")
        try folder.write(String(repeating: "x", count: 16), to: "a", mode: mode)
        let shown = "0" + String(mode, radix: 8)
        let advice = "\(token) has mode \(shown), so others may use the secret; run: chmod 0600 \(token)"
        #expect(faults("auth: {token_file: \(token)}") == ["f:1:20: auth.token_file: \(advice)"])
        #expect(faults("redis: {host: h, password_file: \(token)}") == ["f:1:33: redis.password_file: \(advice)"])
        let key = "tls: {certificate: \(token), key: \(token)}"
        #expect(faults(key) == ["f:1:\(27 + token.utf8.count): tls.key: \(advice)"])
    }

    @Test func `refuses what is missing, not a file, or no secret`() throws {
        let folder = try TemporaryFolder()
        let empty = folder.file("a")
        try folder.write("", to: "a", mode: 0o600)
        #expect(
            faults("auth:\n  token_file: \(empty)\n  previous_secret_file: \(folder.path)\n  secret_file: /nowhere/x")
                == [
                    "f:3:25: auth.previous_secret_file: \(folder.path) is not a regular file",
                    "f:2:15: auth.token_file: \(empty) must hold \(TextForm.token.meaning)",
                ]
        )
        #expect(
            faults("tls: {certificate: /nowhere/c, key: /nowhere/k}") == [
                "f:1:20: tls.certificate: /nowhere/c cannot be read: No such file or directory",
                "f:1:37: tls.key: /nowhere/k cannot be read: No such file or directory",
            ]
        )
        let password = folder.file("b")
        try folder.write("admin\n", to: "b", mode: 0o600)
        let user = "{name: a, role: admin, password_hash_file: \(password)}"
        let advice = "\(password) must hold a hash that zfs-apid hash-password prints"
        #expect(faults("auth: {users: [\(user)]}") == ["f:1:59: auth.users[0].password_hash_file: \(advice)"])
    }

    @Test func `looks at the key in the state folder when it is there`() throws {
        let folder = try TemporaryFolder()
        let environment = ["STATE_DIRECTORY": folder.path]
        #expect(faults("", environment) == [])
        #expect(unsafe symlink("/dev/null", folder.path + "/a") == 0)
        let advice = "\(folder.path)/a is not a regular file"
        #expect(faults("auth: {secret_file: \(folder.path)/a}") == ["f:1:21: auth.secret_file: \(advice)"])
    }
}
