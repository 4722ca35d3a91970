/// A user, group or project as `userquota@…`, `zfs userspace` and `zfs allow` name it: a name, a number or a SID.
///
/// Letters, digits and `_ . - @ $`, first a letter, digit or `_`; at most 128 bytes. `zfs-userspace(8)` and
/// `zfsprops(7)` list the forms `joe`, `789`, `joe.smith@mydomain` and `S-1-123-456-789`.
public struct UserName: Hashable, Sendable {
    /// The name as OpenZFS writes it.
    public let text: String

    /// Parses a name.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "user, group or project"
        try NameRules.checkLength(text, subject, limit: 128)
        try NameRules.checkBytes(text, subject) { NameRules.isAlphanumeric($0) || "_.-@$".utf8.contains($0) }
        if let first = text.utf8.first, !NameRules.isAlphanumeric(first), first != 0x5F {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        self.text = text
    }
}

extension UserName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
