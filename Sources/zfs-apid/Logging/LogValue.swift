import APIServer
import Logging
import ZFSRPC

/// Puts log values into lines that nobody can forge and that stay short.
enum LogValue {
    /// The longest value in bytes.
    static let limit = 1024

    /// The text cut to ``limit`` bytes at a character border.
    static func capped(_ text: String) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + "…"
    }

    /// Appends a value as JSON; integers keep their type.
    static func append(_ value: Logger.MetadataValue, to bytes: inout [UInt8]) {
        if case .stringConvertible(let number) = value, let number = number as? any BinaryInteger {
            bytes.append(contentsOf: String(describing: number).utf8)
        } else {
            JSONText.append(capped(value.description), to: &bytes)
        }
    }
}
