internal import Synchronization

/// The series of one family.
///
/// Their number is bounded: a name that does not stop getting new labels shares one series whose labels all say `other`.
///
/// ## Concurrency
/// One mutex guards the tables. It is not held while a series is changed, nor while a reading is taken.
final class SeriesTable: Sendable {
    /// One series, as its kind wants it.
    enum Series: Sendable {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
    }

    private struct State {
        var series: [String: Series] = [:]
        var readings: [@Sendable () -> [MetricSample]] = []
    }

    let family: MetricFamily
    /// Whether series that were never counted in are left out of the text.
    let hidesUnused: Bool
    private let limit: Int
    private let state = Mutex(State())

    init(_ family: MetricFamily, limit: Int, hidesUnused: Bool) {
        self.family = family
        self.limit = limit
        self.hidesUnused = hidesUnused
    }

    /// The series with these labels, which is made when there is none.
    func series(_ labels: [(String, String)]) -> Series {
        let key = MetricText.labels(labels)
        return state.withLock { state in
            if let known = state.series[key] { return known }
            guard state.series.count < limit else {
                let other = MetricText.labels(labels.map { ($0.0, "other") })
                return Self.find(other, family.kind, in: &state)
            }
            return Self.find(key, family.kind, in: &state)
        }
    }

    /// Adds numbers that are read whenever the text is made.
    func add(reading: @escaping @Sendable () -> [MetricSample]) {
        state.withLock { $0.readings.append(reading) }
    }

    /// Forgets the series.
    func remove(_ handler: AnyObject) {
        state.withLock { state in
            state.series = state.series.filter { !$0.value.isSame(as: handler) }
        }
    }

    /// Every series with its labels, in the order of these.
    func all() -> [(labels: String, series: Series)] {
        state.withLock { $0.series }
            .filter { !hidesUnused || $0.value.isUsed }
            .sorted { $0.key < $1.key }
            .map { (labels: $0.key, series: $0.value) }
    }

    /// What the readings say now; of two numbers with the same labels the first counts.
    func readings() -> [(labels: String, value: Double)] {
        var labels: Set<String> = []
        return state.withLock { $0.readings }
            .flatMap { $0() }
            .prefix(limit)
            .map { (labels: MetricText.labels($0.labels), value: $0.value) }
            .filter { labels.insert($0.labels).inserted }
    }

    private static func find(_ key: String, _ kind: MetricFamily.Kind, in state: inout State) -> Series {
        if let known = state.series[key] { return known }
        let new: Series =
            switch kind {
            case .counter: .counter(CounterSeries())
            case .gauge: .gauge(GaugeSeries())
            case .histogram: .histogram(HistogramSeries())
            }
        state.series[key] = new
        return new
    }
}

extension SeriesTable.Series {
    /// Whether something was counted.
    var isUsed: Bool {
        switch self {
        case .counter(let series): series.value > 0
        case .gauge: true
        case .histogram(let series): series.bucketCounts.contains { $0 > 0 }
        }
    }

    func isSame(as handler: AnyObject) -> Bool {
        switch self {
        case .counter(let series): series === handler
        case .gauge(let series): series === handler
        case .histogram(let series): series === handler
        }
    }
}
