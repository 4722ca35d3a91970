import APIServer
import Logging
import ZFSRPC

/// Writes each log event as one readable line of standard error: time, level, message, key=value pairs.
struct TextLogHandler: LogHandler {
    let label: String
    let sink: LogSink
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, sink: LogSink, logLevel: Logger.Level) {
        self.label = label
        self.sink = sink
        self.logLevel = logLevel
    }

    func log(event: LogEvent) {
        var line = sink.prefix(for: event.level)
        line.reserveCapacity(256)
        if !sink.isJournal {
            line.append(contentsOf: UTCDateTime.now.rfc3339Milliseconds.utf8)
            line.append(UInt8(ascii: " "))
        }
        line.append(contentsOf: event.level.rawValue.utf8)
        line.append(UInt8(ascii: " "))
        append(LogValue.capped(event.message.description), quotedIf: false, to: &line)
        for (key, value) in LogFields(handler: metadata, provider: metadataProvider, event: event).pairs {
            line.append(UInt8(ascii: " "))
            append(key, quotedIf: false, to: &line)
            line.append(UInt8(ascii: "="))
            let text = LogValue.capped(value.description)
            append(text, quotedIf: text.isEmpty || text.utf8.contains { $0 == 0x20 || $0 == 0x22 }, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        sink.write(line)
    }

    private func append(_ text: String, quotedIf isQuoted: Bool, to line: inout [UInt8]) {
        if isQuoted {
            JSONText.append(text, to: &line)
        } else {
            var quoted: [UInt8] = []
            JSONText.append(text, to: &quoted)
            line.append(contentsOf: quoted.dropFirst().dropLast())
        }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
