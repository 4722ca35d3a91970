/// Where `zfs` reads an encryption key from: `prompt`, or a URL that starts with `file:///`, `https://` or `http://`.
///
/// `prompt` reads standard input when that is no terminal. At most 4095 bytes without control characters
/// (`keylocation` in `zfsprops(7)`).
public struct KeyLocation: Hashable, Sendable {
    /// The location as OpenZFS writes it.
    public let text: String

    /// Standard input.
    public static let prompt = KeyLocation(legal: "prompt")

    /// Parses a location.
    /// - Throws: `NameError` when the text does not have one of the forms.
    public init(_ text: String) throws(NameError) {
        let subject = "key location"
        try NameRules.checkLength(text, subject, limit: 4095)
        try NameRules.checkBytes(text, subject, NameRules.isPrintable)
        let isURL = ["file:///", "https://", "http://"].contains {
            text.utf8.starts(with: $0.utf8) && text.utf8.count > $0.utf8.count
        }
        guard text == "prompt" || isURL else {
            let expected = "\"prompt\" or a URL of the scheme file, https or http"
            throw NameError(subject, text, .malformed(expected: expected))
        }
        self.text = text
    }

    private init(legal text: String) {
        self.text = text
    }
}

extension KeyLocation: CustomStringConvertible {
    /// The location.
    public var description: String { text }
}
