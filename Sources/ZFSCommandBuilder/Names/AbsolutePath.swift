/// An absolute path: `/` first, no control characters, at most 4095 bytes (`PATH_MAX` with its NUL is 4096).
///
/// The text is not made canonical: `//` and `..` stay. Who opens a path decides what they may reach.
public struct AbsolutePath: Hashable, Sendable {
    /// The path.
    public let text: String

    /// Parses a path.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "absolute path"
        try NameRules.checkLength(text, subject, limit: 4095)
        try NameRules.checkBytes(text, subject, NameRules.isPrintable)
        if let first = text.utf8.first, first != 0x2F {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        self.text = text
    }
}

extension AbsolutePath: CustomStringConvertible {
    /// The path.
    public var description: String { text }
}
