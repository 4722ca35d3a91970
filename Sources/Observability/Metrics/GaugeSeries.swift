public import CoreMetrics

/// A number that goes up and down; any thread may change it, without a lock.
public final class GaugeSeries: MeterHandler, RecorderHandler {
    private let present = AtomicDouble()

    /// The number.
    public var value: Double { present.value }

    /// Replaces the number.
    public func set(_ value: Int64) {
        present.set(Double(value))
    }

    /// Replaces the number.
    public func set(_ value: Double) {
        present.set(value)
    }

    /// Adds.
    public func increment(by amount: Double) {
        present.add(amount)
    }

    /// Subtracts.
    public func decrement(by amount: Double) {
        present.add(-amount)
    }

    /// Replaces the number: of what a recorder is told, the last is shown.
    public func record(_ value: Int64) {
        set(value)
    }

    /// Replaces the number: of what a recorder is told, the last is shown.
    public func record(_ value: Double) {
        set(value)
    }
}
