import Logging

/// Writes each log event as one line.
struct LineLogHandler: LogHandler {
    let sink: LogSink
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(sink: LogSink, logLevel: Logger.Level) {
        self.sink = sink
        self.logLevel = logLevel
    }

    func log(event: LogEvent) {
        var line = LogLine(sink: sink, level: event.level, message: event.message.description)
        for (key, value) in LogFields(handler: metadata, provider: metadataProvider, event: event).pairs {
            if case .stringConvertible(let number) = value, let number = number as? any BinaryInteger {
                line.add(key, Int(clamping: number))
            } else {
                line.add(key, value.description)
            }
        }
        sink.write(line.bytes)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
