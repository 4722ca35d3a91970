/// Names, labels and numbers as the text format wants them.
///
/// The rules are those of "Exposition formats" of the Prometheus documentation and of OpenMetrics 1.0, so that a text is
/// right for both.
enum MetricText {
    /// The longest name and label value in bytes; what is longer is cut.
    static let longest = 128

    /// A legal metric name: letters, digits, `_` and `:`, no digit in front.
    static func name(_ text: String) -> String {
        sanitized(text, allowsColon: true)
    }

    /// A legal label name: letters, digits and `_`, no digit in front, no `__` in front, which is reserved.
    static func labelName(_ text: String) -> String {
        var name = sanitized(text, allowsColon: false)
        while name.hasPrefix("__") { name.removeFirst() }
        // The format itself uses `le` for the bounds of buckets.
        return name == "le" ? "le_" : name
    }

    /// Labels as they stand between the braces, in order of their names; of two with the same name the first counts.
    static func labels(_ labels: [(String, String)]) -> String {
        var names: Set<String> = []
        return
            labels
            .map { (name: labelName($0.0), value: $0.1) }
            .filter { names.insert($0.name).inserted }
            .sorted { $0.name < $1.name }
            .map { "\($0.name)=\"\(escaped(cut($0.value), quotes: true))\"" }
            .joined(separator: ",")
    }

    /// Backslashes and line ends escaped, and quotes where the text stands between some.
    static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 && quotes }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += #"\\"#
            case "\n": result += #"\n"#
            case "\"" where quotes: result += #"\""#
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A number; whole ones without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { String($0) } ?? value.description
    }

    private static func sanitized(_ text: String, allowsColon: Bool) -> String {
        let isPlain = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
        if isPlain, (1...longest).contains(text.utf8.count) { return text }
        var result = ""
        for byte in text.utf8.prefix(longest) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if result.isEmpty { result = "_" }
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: ":") where allowsColon:
                result += ":"
            default:
                result += "_"
            }
        }
        return result.isEmpty ? "_" : result
    }

    private static func cut(_ value: String) -> String {
        guard value.utf8.count > longest else { return value }
        return String(decoding: value.utf8.prefix(longest), as: UTF8.self)
    }
}
