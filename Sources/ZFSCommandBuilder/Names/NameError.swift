/// Why a text is not a legal name, tag, token or value.
///
/// The rules are those of OpenZFS (`module/zcommon/zfs_namecheck.c`, `lib/libzfs/libzfs_dataset.c`), the same in 2.1 to
/// 2.4, made stricter where a legal text could be taken for an option or for several names.
public struct NameError: Error, Hashable, Sendable {
    /// What the text was meant to be, for example `dataset name`.
    public let subject: String
    /// The text, cut to 256 bytes, with everything outside printable ASCII shown as `\xNN`.
    public let text: String
    /// The rule that the text breaks.
    public let rule: Rule

    /// A rule that a text can break.
    ///
    /// Offsets count bytes from the start of the text.
    public enum Rule: Hashable, Sendable {
        /// The text has no bytes.
        case empty
        /// The text has more bytes than allowed.
        case tooLong(bytes: Int, limit: Int)
        /// A byte is not allowed at all, or not at this place.
        case illegalByte(UInt8, offset: Int)
        /// A component between two slashes, or after a delimiter, is empty.
        case emptyComponent(offset: Int)
        /// A component is `.` or `..`.
        case relativeComponent(offset: Int)
        /// The name has more slashes than `zfs_max_dataset_nesting` allows.
        case tooDeep(limit: Int)
        /// The delimiter `@` or `#` that makes it a snapshot or bookmark name is missing.
        case missingDelimiter(UInt8)
        /// OpenZFS keeps the word for itself.
        case reserved(String)
        /// The text does not have the form; the sentence says which is expected.
        case malformed(expected: String)
    }

    init(_ subject: String, _ text: some StringProtocol, _ rule: Rule) {
        self.subject = subject
        self.text = printable(text.utf8.prefix(256))
        self.rule = rule
    }
}

extension NameError: CustomStringConvertible {
    /// One sentence for a person, which names the byte that is wrong.
    public var description: String {
        let name = "\(subject) \"\(text)\""
        switch rule {
        case .empty: return "the \(subject) is empty"
        case .tooLong(let bytes, let limit): return "\(name) has \(bytes) bytes; \(limit) are allowed"
        case .illegalByte(let byte, let offset): return "\(name) must not have \(spelled(byte)) at byte \(offset)"
        case .emptyComponent(let offset): return "\(name) has an empty component at byte \(offset)"
        case .relativeComponent(let offset): return "\(name) has the component \".\" or \"..\" at byte \(offset)"
        case .tooDeep(let limit): return "\(name) has more than \(limit) levels"
        case .missingDelimiter(let byte): return "\(name) has no \(spelled(byte))"
        case .reserved(let word): return "\(name) is reserved: OpenZFS keeps \"\(word)\" for itself"
        case .malformed(let expected): return "\(name) is not \(expected)"
        }
    }

    private func spelled(_ byte: UInt8) -> String {
        switch byte {
        case 0x20: "a space"
        case 0x09: "a tab"
        case 0x0A: "a newline"
        case 0x00: "a NUL"
        case 0x21...0x7E: "\"\(Character(Unicode.Scalar(byte)))\""
        default: "byte 0x\(hexadecimal(byte))"
        }
    }
}

/// `bytes` as text in which everything outside printable ASCII stands as `\xNN`.
package func printable(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
        if (0x20...0x7E).contains(byte) {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            text += "\\x" + hexadecimal(byte)
        }
    }
    return text
}

private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
}
