/// The `jti` of a token (RFC 7519 section 4.1.7): 128 random bits, and the second at which the token expires.
///
/// The expiry is part of it so that whoever knows the identifier can revoke the token, and the list of revoked tokens
/// knows when to forget it.
public struct TokenID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64
    /// When its token expires, in seconds since 1970.
    public let expires: Int

    /// Makes a new identifier.
    init(expires: Int) throws(CryptographyError) {
        let random = try RandomBytes.make(16)
        high = random[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = random[8...].reduce(0) { $0 << 8 | UInt64($1) }
        self.expires = expires
    }

    /// Reads an identifier: 32 hexadecimal digits in lower case, a minus, a decimal number; nil for another text.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard
            bytes.count > 33,
            let high = Self.number(bytes[..<16]),
            let low = Self.number(bytes[16..<32]),
            bytes[32] == UInt8(ascii: "-"),
            let expires = NumericDate.seconds(String(decoding: bytes[33...], as: UTF8.self))
        else { return nil }
        self.high = high
        self.low = low
        self.expires = expires
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }
}

extension TokenID: CustomStringConvertible {
    /// The text that the initializer reads.
    public var description: String {
        let random = [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
        return "\(Hexadecimal.text(random))-\(expires)"
    }
}
