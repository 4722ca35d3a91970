/// Strings as JSON text: quotes, backslashes and control characters are escaped, the rest stays UTF-8.
package enum JSONText {
    /// Appends a string as a JSON string, with the quotes.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        appendEscaped(text, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends what stands between the quotes of a JSON string.
    package static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
        guard needsEscapes(text) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A:
                bytes.append(contentsOf: #"\n"#.utf8)
            case 0x09:
                bytes.append(contentsOf: #"\t"#.utf8)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: #"\u00"#.utf8)
                bytes.append(HexDigits.lower(byte >> 4))
                bytes.append(HexDigits.lower(byte & 15))
            default:
                bytes.append(byte)
            }
        }
    }

    /// The string as a JSON string, with the quotes.
    package static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func needsEscapes(_ text: String) -> Bool {
        for byte in text.utf8 where byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F { return true }
        return false
    }
}
