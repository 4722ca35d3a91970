/// The name of a set of permissions: `@` and letters, digits, `-`, `_`, `.` or `:`.
///
/// At most 63 bytes (`permset_namecheck` in `zfs_namecheck.c`, `ZFS_PERMSET_MAXLEN`).
public struct PermissionSetName: Hashable, Sendable {
    /// The name, with its `@`.
    public let text: String

    /// Parses a name.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "permission set name"
        try NameRules.checkLength(text, subject, limit: 63)
        guard text.utf8.first == 0x40 else { throw NameError(subject, text, .missingDelimiter(0x40)) }
        for (offset, byte) in text.utf8.enumerated().dropFirst()
        where !NameRules.isComponentByte(byte) || byte == 0x20 {
            throw NameError(subject, text, .illegalByte(byte, offset: offset))
        }
        if text.utf8.count == 1 { throw NameError(subject, text, .emptyComponent(offset: 1)) }
        self.text = text
    }
}

extension PermissionSetName: CustomStringConvertible {
    /// The name, with its `@`.
    public var description: String { text }
}
