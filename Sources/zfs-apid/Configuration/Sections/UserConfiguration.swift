import ZFSCommandBuilder
import ZFSRPC

/// Somebody who may log in with a password: a member of `auth.users`.
struct UserConfiguration: Sendable, Hashable {
    /// Where the hash of the password is.
    enum PasswordHash: Sendable, Hashable {
        case text(String)
        case file(String)
    }

    let name: String
    let passwordHash: PasswordHash
    let role: Role
    /// The subtrees the user may name; nil for all.
    let datasets: [DatasetName]?

    /// Reads a member of the list; nil when it has faults, which are then reported.
    init?(_ section: ConfigurationSection) {
        section.refuse(
            "password",
            "a password must not be in this file; run zfs-apid hash-password and give what it prints as password_hash"
        )
        let name = section.text("name", .userName)
        let hash = section.text("password_hash", TextForm(meaning: PasswordHashForm.meaning) { $0 })
        let file = section.text("password_hash_file", .path)
        let role = section.text("role", .role)
        let datasets = section.list("datasets", .dataset)
        if !section.has("name") { section.fault("name", "is missing; each user has a name") }
        if !section.has("role") { section.fault("role", "is missing; give viewer, operator or admin") }
        if let hash, !PasswordHashForm.matches(hash) {
            section.fault("password_hash", "must be \(PasswordHashForm.meaning)")
            return nil
        }
        guard section.has("password_hash") != section.has("password_hash_file") else {
            section.fault("password_hash", "give either password_hash or password_hash_file")
            return nil
        }
        guard let name, let role, let passwordHash = hash.map(PasswordHash.text) ?? file.map(PasswordHash.file) else {
            return nil
        }
        self.name = name
        self.passwordHash = passwordHash
        self.role = role
        self.datasets = datasets
    }
}
