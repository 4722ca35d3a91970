/// Moments in tokens (RFC 7519 section 2), whole seconds only.
enum NumericDate {
    /// 9999-12-31T23:59:59Z.
    static let latest = 253_402_300_799

    /// The seconds since 1970 of a JSON number; nil when it has a sign, fraction or exponent, or is after the year 9999.
    static func seconds(_ text: String) -> Int? {
        guard
            (1...12).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text == "0" || text.utf8.first != UInt8(ascii: "0"),
            let seconds = Int(text), seconds <= latest
        else { return nil }
        return seconds
    }
}
