/// A number of bytes as `zfs` and `zpool` take it: digits, with a suffix `B K M G T P E Z` or not.
///
/// A fraction is legal before a suffix (`1.5T`), as are `KB` and `KiB`; all suffixes are powers of 1024
/// (`zfs_nicestrtonum` in `libzfs_util.c`).
public struct Size: Hashable, Sendable {
    /// The size as it was written.
    public let text: String

    /// Takes a number of bytes.
    public init(bytes: UInt64) {
        text = String(bytes)
    }

    /// Parses a size of at most 32 bytes of text.
    /// - Throws: `NameError` when the text does not have the form.
    public init(_ text: String) throws(NameError) {
        let subject = "size"
        try NameRules.checkLength(text, subject, limit: 32)
        try NameRules.checkBytes(text, subject) { NameRules.isAlphanumeric($0) || $0 == 0x2E }
        let digits = text.utf8.prefix { NameRules.isDigit($0) || $0 == 0x2E }
        let number = digits.split(separator: 0x2E, omittingEmptySubsequences: false)
        let suffix = String(text[digits.endIndex...]).uppercased()
        guard
            number.count <= 2, number.allSatisfy({ !$0.isEmpty }), Self.suffixes.contains(suffix),
            number.count == 1 || !suffix.isEmpty && suffix != "B"
        else {
            throw NameError(subject, text, .malformed(expected: "a number with a suffix such as K, M, G or T"))
        }
        self.text = text
    }

    private static let suffixes: Set<String> = ["K", "M", "G", "T", "P", "E", "Z"]
        .reduce(into: ["", "B"]) { $0.formUnion([$1, $1 + "B", $1 + "IB"]) }
}

extension Size: CustomStringConvertible {
    /// The size as it was written.
    public var description: String { text }
}
