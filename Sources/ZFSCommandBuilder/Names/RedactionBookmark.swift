/// The short name of a redaction bookmark as `zfs redact` and `zfs send --redact` take it: without dataset and `#`.
///
/// As `ComponentName`, but without a leading `-`, because it stands alone in the argument list.
public struct RedactionBookmark: Hashable, Sendable {
    /// The short name.
    public let text: String

    /// Parses a short name.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        self.text = try ComponentName(text).text
        if text.utf8.first == 0x2D { throw NameError("redaction bookmark", text, .illegalByte(0x2D, offset: 0)) }
    }
}

extension RedactionBookmark: CustomStringConvertible {
    /// The short name.
    public var description: String { text }
}
