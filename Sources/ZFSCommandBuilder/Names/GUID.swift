/// The 64-bit identity of a pool, device, dataset or snapshot, written in decimal.
///
/// JSON numbers lose digits above 2^53, so that it travels as text.
public struct GUID: Hashable, Sendable {
    /// The number.
    public let value: UInt64

    /// Takes a number.
    public init(_ value: UInt64) {
        self.value = value
    }

    /// Parses decimal text without sign or leading zeros.
    /// - Throws: `NameError` with the first byte that is no digit, or when the number needs more than 64 bits.
    public init(_ text: String) throws(NameError) {
        let subject = "guid"
        try NameRules.checkLength(text, subject, limit: 20)
        try NameRules.checkBytes(text, subject, NameRules.isDigit)
        guard let value = UInt64(text), text == String(value) else {
            throw NameError(subject, text, .malformed(expected: "a decimal number of 64 bits without leading zeros"))
        }
        self.value = value
    }

    /// The number in decimal.
    public var text: String { String(value) }
}

extension GUID: CustomStringConvertible {
    /// The number in decimal.
    public var description: String { text }
}
