import Authentication

/// What a password hash looks like (crypt(5)).
enum PasswordHashForm {
    /// Follows "must be" in messages.
    static let meaning =
        "a bcrypt ($2a$, $2b$, $2y$) or yescrypt ($y$) hash in single quotes; make one with: zfs-apid hash-password"

    /// Whether a text is a bcrypt or yescrypt hash that logins can be checked with.
    static func matches(_ text: String) -> Bool {
        (try? PasswordHash(text)) != nil
    }
}
