import Logging

/// The metadata of one event; the event's own values win over the logger's, those over the provider's.
struct LogFields {
    /// Keys and values, sorted by key.
    let pairs: [(key: String, value: Logger.MetadataValue)]

    init(handler: Logger.Metadata, provider: Logger.MetadataProvider?, event: LogEvent) {
        var all = provider?.get() ?? [:]
        all.merge(handler) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        if let error = event.error { all["error"] = .string("\(error)") }
        pairs = all.sorted { $0.key < $1.key }
    }
}
