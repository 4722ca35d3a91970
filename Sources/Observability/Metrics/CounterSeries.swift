public import CoreMetrics

/// A number that only grows; any thread may add, without a lock.
public final class CounterSeries: CounterHandler, FloatingPointCounterHandler {
    private let total = AtomicDouble()

    /// The sum so far; whole numbers are exact up to 2^53.
    public var value: Double { total.value }

    /// Adds; what is not positive is left out, since a counter never falls.
    public func increment(by amount: Int64) {
        increment(by: Double(amount))
    }

    /// Adds; what is not positive and finite is left out.
    public func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        total.add(amount)
    }

    /// Adds one.
    public func increment() {
        total.add(1)
    }

    /// Begins anew at 0.
    public func reset() {
        total.set(0)
    }
}
