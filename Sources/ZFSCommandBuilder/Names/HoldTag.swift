/// The tag of a hold on a snapshot: letters, digits and `_ . : + = @ -`, at most 200 bytes.
///
/// OpenZFS takes 255 bytes of anything that does not start with a dot; this is stricter, so that a tag is never an option
/// and never breaks a line of `zfs holds`.
public struct HoldTag: Hashable, Sendable {
    /// The tag as OpenZFS writes it.
    public let text: String

    /// Parses a tag.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "hold tag"
        try NameRules.checkLength(text, subject, limit: 200)
        try NameRules.checkBytes(text, subject) { NameRules.isAlphanumeric($0) || "_.:+=@-".utf8.contains($0) }
        if let first = text.utf8.first, first == 0x2D || first == 0x2E {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        self.text = text
    }
}

extension HoldTag: CustomStringConvertible {
    /// The tag.
    public var description: String { text }
}
