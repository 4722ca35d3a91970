/// A permission of `zfs allow`: a subcommand (`snapshot`, `load-key`), a property (`quota`) or a set (`@backup`).
///
/// Lower case letters, digits, `-`, `_` and `:` (`receive:append`), first a letter; a set has `@` first. At most 63 bytes
/// (`ZFS_PERMSET_MAXLEN` 64 with its NUL).
public struct Permission: Hashable, Sendable {
    /// The permission as OpenZFS writes it.
    public let text: String

    /// Parses a permission.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "permission"
        if text.utf8.first == 0x40 {
            self.text = try PermissionSetName(text).text
            return
        }
        try NameRules.checkLength(text, subject, limit: 63)
        try NameRules.checkBytes(text, subject) {
            (0x61...0x7A).contains($0) || NameRules.isDigit($0) || "-_:".utf8.contains($0)
        }
        if let first = text.utf8.first, !NameRules.isLetter(first) {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        self.text = text
    }

    /// The permissions of a set.
    public init(_ set: PermissionSetName) {
        text = set.text
    }
}

extension Permission: CustomStringConvertible {
    /// The permission.
    public var description: String { text }
}
