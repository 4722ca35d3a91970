import APIServer
import Logging
import ZFSRPC

/// Writes each log event as one JSON object on one line of standard error.
struct JSONLogHandler: LogHandler {
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
        line.reserveCapacity(512)
        line.append(contentsOf: #"{"time":""#.utf8)
        line.append(contentsOf: UTCDateTime.now.rfc3339Milliseconds.utf8)
        line.append(contentsOf: #"","level":""#.utf8)
        line.append(contentsOf: event.level.rawValue.utf8)
        line.append(contentsOf: #"","message":"#.utf8)
        JSONText.append(LogValue.capped(event.message.description), to: &line)
        let fields = LogFields(handler: metadata, provider: metadataProvider, event: event)
        for (key, value) in fields.pairs {
            line.append(UInt8(ascii: ","))
            JSONText.append(key, to: &line)
            line.append(UInt8(ascii: ":"))
            LogValue.append(value, to: &line)
        }
        line.append(contentsOf: "}\n".utf8)
        sink.write(line)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
