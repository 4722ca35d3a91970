/// Sizes as `zfs list` shows them: 1.5G.
enum ByteSize {
    private static let units = ["B", "K", "M", "G", "T", "P", "E"]

    /// Three digits and a unit of 1024.
    static func text(_ bytes: Int) -> String {
        var value = Double(bytes)
        var unit = 0
        while value >= 1024, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        if unit == 0 { return "\(bytes)B" }
        return fixed(value, digits: value < 10 ? 2 : value < 100 ? 1 : 0) + units[unit]
    }

    /// Bytes from a text such as `10G`; nil when it is none.
    static func bytes(_ text: String) -> Int? {
        var digits = text[...]
        var factor = 1
        if let last = text.uppercased().last, let unit = units.firstIndex(of: String(last)) {
            digits = digits.dropLast()
            factor = 1 << (10 * unit)
        }
        guard let number = Double(digits), number > 0 else { return nil }
        let bytes = (number * Double(factor)).rounded()
        return bytes < Double(Int.max) ? Int(bytes) : nil
    }

    /// A number with so many digits behind its point.
    static func fixed(_ value: Double, digits: Int) -> String {
        let factor = [1, 10, 100][min(max(digits, 0), 2)]
        guard let scaled = Int(exactly: (value * Double(factor)).rounded()) else { return "\(value)" }
        guard factor > 1 else { return String(scaled) }
        let fraction = String(scaled % factor)
        return "\(scaled / factor)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
