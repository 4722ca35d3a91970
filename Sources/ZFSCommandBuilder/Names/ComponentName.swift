/// The part of a name after `@` or `#`: the short name of a snapshot or bookmark.
///
/// Letters, digits, `-`, `_`, `.`, `:` and space. OpenZFS reads `%` and `,` here as a range or list of snapshots;
/// they are refused, so that one name is always one snapshot.
public struct ComponentName: Hashable, Sendable {
    /// The short name, without delimiter.
    public let text: String

    /// Parses a short name.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "snapshot or bookmark name"
        // The shortest full name around it is one letter and the delimiter.
        try NameRules.checkLength(text, subject, limit: NameRules.longestName - 2)
        try NameRules.checkBytes(text, subject, NameRules.isComponentByte)
        if text == "." || text == ".." { throw NameError(subject, text, .relativeComponent(offset: 0)) }
        self.text = text
    }
}

extension ComponentName: CustomStringConvertible {
    /// The short name.
    public var description: String { text }
}
