/// What the property `receive_resume_token` says after an interrupted `zfs receive -s`: `1-<hex>-<hex>-<hex>`.
///
/// The four parts are the version, a checksum, the unpacked size and the packed data. A token is not signed and names the
/// dataset itself, so that a caller's token proves no right to anything.
/// Source: `zfs_send_resume_token_to_nvlist` in `libzfs_sendrecv.c`.
public struct ResumeToken: Hashable, Sendable {
    /// The token as OpenZFS writes it.
    public let text: String

    /// Parses a token of at most 8191 bytes, the longest value that a property has.
    /// - Throws: `NameError` when the text does not have the form.
    public init(_ text: String) throws(NameError) {
        let subject = "resume token"
        try NameRules.checkLength(text, subject, limit: 8191)
        try NameRules.checkBytes(text, subject) {
            NameRules.isDigit($0) || (0x61...0x66).contains($0) || $0 == 0x2D
        }
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard
            parts.count == 4, parts[0].elementsEqual("1".utf8),
            (1...16).contains(parts[1].count), (1...16).contains(parts[2].count),
            !parts[3].isEmpty, parts[3].count.isMultiple(of: 2)
        else {
            throw NameError(subject, text, .malformed(expected: "of the form 1-hex-hex-hex"))
        }
        self.text = text
    }
}

extension ResumeToken: CustomStringConvertible {
    /// The token.
    public var description: String { text }
}
