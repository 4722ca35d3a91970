/// Metrics as text being made: the Prometheus text format 0.0.4, or OpenMetrics 1.0.
struct Exposition {
    let isOpenMetrics: Bool
    private(set) var text: [UInt8] = []

    init(isOpenMetrics: Bool) {
        self.isOpenMetrics = isOpenMetrics
    }

    /// Appends a family with all its series; one without any is left out.
    mutating func append(_ table: SeriesTable) {
        let series = table.all()
        let readings = table.readings()
        guard !series.isEmpty || !readings.isEmpty else { return }
        appendHead(table.family)
        let name = table.family.name
        var told: Set<String> = []
        for (labels, series) in series {
            told.insert(labels)
            switch series {
            case .counter(let counter): append(name, labels, MetricText.number(counter.value))
            case .gauge(let gauge): append(name, labels, MetricText.number(gauge.value))
            case .histogram(let histogram): append(histogram, name, labels)
            }
        }
        for (labels, value) in readings where !told.contains(labels) {
            append(name, labels, MetricText.number(value))
        }
    }

    /// Appends what stands at the end.
    mutating func finish() {
        if isOpenMetrics { text += "# EOF\n".utf8 }
    }

    private mutating func appendHead(_ family: MetricFamily) {
        // OpenMetrics names a counter's family without the suffix that its series have.
        let isBare = isOpenMetrics && family.kind == .counter
        let name = isBare ? String(family.name.dropLast("_total".count)) : family.name
        text += "# HELP \(name) \(MetricText.escaped(family.help, quotes: isOpenMetrics))\n".utf8
        text += "# TYPE \(name) \(family.kind.rawValue)\n".utf8
    }

    private mutating func append(_ histogram: HistogramSeries, _ name: String, _ labels: String) {
        // The sum is read first: it then belongs to no more than what is counted, and never seems to fall behind it.
        let seconds = histogram.seconds
        let separator = labels.isEmpty ? "" : ","
        var count: UInt64 = 0
        for (bound, inBucket) in zip(HistogramSeries.boundTexts, histogram.bucketCounts) {
            count += inBucket
            append("\(name)_bucket", "\(labels)\(separator)le=\"\(bound)\"", String(count))
        }
        append("\(name)_sum", labels, MetricText.number(seconds))
        append("\(name)_count", labels, String(count))
    }

    private mutating func append(_ name: String, _ labels: String, _ value: String) {
        text += name.utf8
        if !labels.isEmpty {
            text.append(UInt8(ascii: "{"))
            text += labels.utf8
            text.append(UInt8(ascii: "}"))
        }
        text.append(UInt8(ascii: " "))
        text += value.utf8
        text.append(UInt8(ascii: "\n"))
    }
}
