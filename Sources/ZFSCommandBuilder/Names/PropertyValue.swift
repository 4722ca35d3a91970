/// The value of a property: any text of at most 8191 bytes without control characters; empty is legal.
///
/// OpenZFS stores any bytes but NUL (`ZAP_MAXVALUELEN` 8192 with its NUL). Control characters are refused because `-H`
/// output has no escapes: a newline in a value would forge a row.
public struct PropertyValue: Hashable, Sendable {
    /// The value as `zfs set` takes it: `10G`, `none`, `on`.
    public let text: String

    /// Parses a value.
    /// - Throws: `NameError` when it is too long or has a byte below 0x20 or the byte 0x7F.
    public init(_ text: String) throws(NameError) {
        let subject = "property value"
        if !text.utf8.isEmpty { try NameRules.checkLength(text, subject, limit: 8191) }
        try NameRules.checkBytes(text, subject, NameRules.isPrintable)
        self.text = text
    }

    init(legal text: String) {
        self.text = text
    }
}

extension PropertyValue {
    /// The word that turns most properties off.
    public static let off = PropertyValue(legal: "off")
}

extension PropertyValue: CustomStringConvertible {
    /// The value.
    public var description: String { text }
}
