import Logging

/// Writes each log event as one line.
struct LineLogHandler: LogHandler {
    let sink: LogSink
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    /// A level of this logger alone; nil for that of the sink.
    private var ownLevel: Logger.Level?

    init(sink: LogSink) {
        self.sink = sink
    }

    var logLevel: Logger.Level {
        get { ownLevel ?? sink.level }
        set { ownLevel = newValue }
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
