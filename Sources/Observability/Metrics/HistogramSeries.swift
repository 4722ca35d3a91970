public import CoreMetrics
internal import Synchronization

/// Durations counted in fixed buckets; any thread may record, without a lock.
public final class HistogramSeries: TimerHandler {
    /// The upper bounds of the buckets in nanoseconds: 1 ms to 60 s.
    static let bounds: [Int64] = [
        1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000,
        1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000, 30_000_000_000, 60_000_000_000,
    ]
    /// The bounds as label values.
    ///
    /// OpenMetrics 1.0 wants them as floating-point numbers; the older format takes them so too, and a series keeps its
    /// name whichever format is asked for.
    static let boundTexts = [
        "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "30.0",
        "60.0", "+Inf",
    ]

    private let counts: InlineArray<16, Atomic<UInt64>> = InlineArray { _ in Atomic(0) }
    private let nanoseconds = Atomic<UInt64>(0)

    /// What the buckets hold: durations in each, without those in smaller ones; the last has no bound.
    var bucketCounts: [UInt64] {
        counts.indices.map { counts[$0].load(ordering: .relaxed) }
    }

    /// The sum of all durations in seconds.
    var seconds: Double { Double(nanoseconds.load(ordering: .relaxed)) / 1e9 }

    /// Counts a duration; one that is negative counts as 0.
    public func recordNanoseconds(_ duration: Int64) {
        let duration = max(0, duration)
        let bucket = Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count
        counts[bucket].wrappingAdd(1, ordering: .relaxed)
        nanoseconds.wrappingAdd(UInt64(duration), ordering: .relaxed)
    }

    /// Counts a duration.
    public func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        recordNanoseconds(overflow ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue)
    }
}
