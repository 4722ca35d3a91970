/// One mount option of `zfs mount -o`, such as `ro` or `context=system_u:object_r:tmp_t:s0`.
///
/// Letters, digits and `_ - . : / = +`, first a letter; at most 255 bytes. A comma would make it two options.
public struct MountOption: Hashable, Sendable {
    /// The option as `mount(8)` takes it.
    public let text: String

    /// Parses an option.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "mount option"
        try NameRules.checkLength(text, subject, limit: 255)
        try NameRules.checkBytes(text, subject) { NameRules.isAlphanumeric($0) || "_-.:/=+".utf8.contains($0) }
        if let first = text.utf8.first, !NameRules.isLetter(first) {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        self.text = text
    }
}

extension MountOption: CustomStringConvertible {
    /// The option.
    public var description: String { text }
}
