import Logging
import ZFSRPC

/// One log line being made; nothing in it can be forged by what a value contains, and no value is long.
struct LogLine {
    /// The longest message or value in bytes.
    static let limit = 1024

    private let format: LogFormat
    private var text: [UInt8]

    /// Begins a line with its time, level and message.
    init(sink: LogSink, level: Logger.Level, message: String) {
        format = sink.format
        text = sink.prefix(for: level)
        text.reserveCapacity(512)
        switch format {
        case .json:
            text += #"{"time":""#.utf8
            sink.clock.appendNow(to: &text)
            text += #"","level":""#.utf8
            text += level.rawValue.utf8
            text += #"","message":"#.utf8
            JSONText.append(Self.capped(message), to: &text)
        case .text:
            if !sink.isJournal {
                sink.clock.appendNow(to: &text)
                text.append(UInt8(ascii: " "))
            }
            text += level.rawValue.utf8
            text.append(UInt8(ascii: " "))
            JSONText.appendEscaped(Self.capped(message), to: &text)
        }
    }

    /// The whole line, newline included.
    var bytes: [UInt8] {
        text + (format == .json ? "}\n" : "\n").utf8
    }

    /// Adds a field with a text.
    mutating func add(_ key: String, _ value: String) {
        beginField(key)
        let value = Self.capped(value)
        if format == .json || value.isEmpty || value.utf8.contains(where: { $0 == 0x20 || $0 == 0x22 }) {
            JSONText.append(value, to: &text)
        } else {
            JSONText.appendEscaped(value, to: &text)
        }
    }

    /// Adds a field with a number.
    mutating func add(_ key: String, _ value: Int) {
        beginField(key)
        text += String(value).utf8
    }

    /// Begins a field; keys are ours and need no escapes.
    private mutating func beginField(_ key: String) {
        switch format {
        case .json:
            text += ",\"".utf8
            text += key.utf8
            text += "\":".utf8
        case .text:
            text.append(UInt8(ascii: " "))
            text += key.utf8
            text.append(UInt8(ascii: "="))
        }
    }

    /// The text cut to ``limit`` bytes at a character border.
    private static func capped(_ value: String) -> String {
        guard value.utf8.count > limit else { return value }
        var end = value.utf8.index(value.startIndex, offsetBy: limit)
        while end.samePosition(in: value.unicodeScalars) == nil { end = value.utf8.index(before: end) }
        return value[..<end] + "…"
    }
}
