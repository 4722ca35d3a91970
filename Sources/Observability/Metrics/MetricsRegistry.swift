internal import CoreMetrics
internal import Synchronization

/// Holds every metric of the process and tells them as text.
///
/// It is also the backend of swift-metrics, once ``bootstrap()`` was called.
///
/// ```swift
/// let registry = MetricsRegistry()
/// registry.counter(.rateLimited).increment()
/// registry.observe(.childProcesses) { [MetricSample(3, [("state", "running")])] }
/// let text = registry.exposition(openMetrics: false)
/// ```
///
/// ## Concurrency
/// One mutex guards the table of families. Series are looked up once and then changed without a lock.
public final class MetricsRegistry: Sendable {
    /// The most families; names come from code, so this is only a last resort.
    private static let familyLimit = 500

    private let seriesLimit: Int
    private let tables = Mutex<[String: SeriesTable]>([:])

    /// Makes an empty registry.
    /// - Parameter seriesLimit: The most series of one name, at least 1; what comes later is counted with labels `other`.
    public init(seriesLimit: Int = 2000) {
        self.seriesLimit = max(1, seriesLimit)
    }

    /// Makes this the backend of swift-metrics; once in a process.
    public func bootstrap() {
        MetricsSystem.bootstrap(self)
    }

    /// The counter with these labels.
    public func counter(_ family: MetricFamily, _ labels: [(String, String)] = []) -> CounterSeries {
        if case .counter(let series) = table(of: family)?.series(labels) { return series }
        return CounterSeries()
    }

    /// The gauge with these labels.
    public func gauge(_ family: MetricFamily, _ labels: [(String, String)] = []) -> GaugeSeries {
        if case .gauge(let series) = table(of: family)?.series(labels) { return series }
        return GaugeSeries()
    }

    /// The histogram with these labels.
    public func histogram(_ family: MetricFamily, _ labels: [(String, String)] = []) -> HistogramSeries {
        if case .histogram(let series) = table(of: family)?.series(labels) { return series }
        return HistogramSeries()
    }

    /// Adds numbers of a counter or gauge that are read whenever the metrics are asked for.
    /// - Parameters:
    ///   - family: The family.
    ///   - read: Reads them; called by the thread that answers, so it must be quick. None: the family is not told.
    public func observe(_ family: MetricFamily, _ read: @escaping @Sendable () -> [MetricSample]) {
        precondition(family.kind != .histogram, "a histogram is no single number")
        table(of: family)?.add(reading: read)
    }

    /// Prepares a family whose label sets are known beforehand; those never counted in are left out of the text.
    func prepare(_ family: MetricFamily) {
        _ = table(of: family, hidesUnused: true)
    }

    /// The families that are known so far, in the order of their names.
    func sortedTables() -> [SeriesTable] {
        tables.withLock { Array($0.values) }.sorted { $0.family.name < $1.family.name }
    }

    /// The table of a family.
    ///
    /// Nil when there are too many, or one with its name and another kind; its numbers are told to nobody then.
    private func table(of family: MetricFamily, hidesUnused: Bool = false) -> SeriesTable? {
        tables.withLock { tables in
            if let known = tables[family.name] { return known.family.kind == family.kind ? known : nil }
            guard tables.count < Self.familyLimit else { return nil }
            let table = SeriesTable(family, limit: seriesLimit, hidesUnused: hidesUnused)
            tables[family.name] = table
            return table
        }
    }
}
