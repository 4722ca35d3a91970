/// The name of one property of a dataset, pool or device.
///
/// Three forms exist, all lower case and at most 255 bytes (`zfsprops(7)`, `zpoolprops(7)`, `zfs_prop.c`):
/// - native: `compression`;
/// - user: `com.example:owner`, which has a colon;
/// - with an argument: `userquota@anna`, `written@monday`, `written#mark`, `feature@lz4_compress`.
///
/// The words `all`, `space` and `none` name groups of properties in OpenZFS; they are refused, so that one name is always
/// one property and one column.
public struct PropertyName: Hashable, Sendable {
    /// The name as OpenZFS writes it.
    public let text: String

    /// Parses a name.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        try NameRules.checkLength(text, Self.subject)
        if let delimiter = text.utf8.firstIndex(where: { $0 == 0x40 || $0 == 0x23 }) {
            try Self.checkArgument(text, prefix: text[...delimiter], argument: text[text.index(after: delimiter)...])
        } else {
            try Self.checkPlain(text)
        }
        self.text = text
    }

    init(legal text: String) {
        self.text = text
    }

    /// Whether anyone may set it to any text: the name has a colon and no argument.
    public var isUserProperty: Bool {
        text.utf8.contains(0x3A) && !text.utf8.contains(0x40) && !text.utf8.contains(0x23)
    }

    private static let subject = "property name"
    private static let groups: Set<String> = ["all", "space", "none"]
    private static let accounts: Set<String> = [
        "userused@", "userquota@", "userobjused@", "userobjquota@",
        "groupused@", "groupquota@", "groupobjused@", "groupobjquota@",
        "projectused@", "projectquota@", "projectobjused@", "projectobjquota@",
    ]

    private static func checkPlain(_ text: String) throws(NameError) {
        let isUser = text.utf8.contains(0x3A)
        try NameRules.checkBytes(text, subject) { isUser ? isUserByte($0) : isNativeByte($0) }
        // A leading hyphen is legal in OpenZFS, but could be taken for an option.
        if let first = text.utf8.first, isUser ? first == 0x2D : !isLowerCase(first) {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        if groups.contains(text) { throw NameError(subject, text, .reserved(text)) }
    }

    private static func checkArgument(_ text: String, prefix: Substring, argument: Substring) throws(NameError) {
        let offset = prefix.utf8.count
        if argument.utf8.isEmpty { throw NameError(subject, text, .emptyComponent(offset: offset)) }
        switch String(prefix) {
        case let prefix where accounts.contains(prefix):
            _ = try UserName(String(argument))
        case "written@" where argument.utf8.contains(0x40):
            _ = try SnapshotName(String(argument))
        case "written#" where argument.utf8.contains(0x23):
            _ = try BookmarkName(String(argument))
        case "written@", "written#":
            _ = try ComponentName(String(argument))
        case "feature@", "unsupported@":
            for (index, byte) in argument.utf8.enumerated() where !isUserByte(byte) {
                throw NameError(subject, text, .illegalByte(byte, offset: offset + index))
            }
        default:
            throw NameError(subject, text, .malformed(expected: "a property that takes an argument"))
        }
    }

    private static func isLowerCase(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte)
    }

    private static func isNativeByte(_ byte: UInt8) -> Bool {
        isLowerCase(byte) || NameRules.isDigit(byte) || byte == 0x5F
    }

    private static func isUserByte(_ byte: UInt8) -> Bool {
        isNativeByte(byte) || byte == 0x2D || byte == 0x2E || byte == 0x3A
    }
}

extension PropertyName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
