/// Hexadecimal digits as ASCII bytes.
package enum HexDigits {
    /// The lower-case digit of a value 0...15.
    package static func lower(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Two lower-case digits for each byte.
    package static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [lower($0 >> 4), lower($0 & 15)] }, as: UTF8.self)
    }

    /// Whether the byte is a lower-case hexadecimal digit.
    package static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
