/// An argument for a channel program: at most 4095 bytes without control characters, not starting with `-`.
///
/// `zfs program` reads its options with glibc's `getopt`, which would take a word with `-` from anywhere in the list.
public struct ScriptArgument: Hashable, Sendable {
    /// The argument as the program sees it.
    public let text: String

    /// Parses an argument.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let subject = "script argument"
        try NameRules.checkLength(text, subject, limit: 4095)
        try NameRules.checkBytes(text, subject, NameRules.isPrintable)
        if text.utf8.first == 0x2D { throw NameError(subject, text, .illegalByte(0x2D, offset: 0)) }
        self.text = text
    }
}

extension ScriptArgument: CustomStringConvertible {
    /// The argument.
    public var description: String { text }
}
