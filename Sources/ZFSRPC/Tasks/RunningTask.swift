internal import AsyncZFSExecutor
internal import Synchronization

/// What is known of a task while a worker has it, and what can be changed about it.
///
/// ## Concurrency
/// A mutex guards the state; the worker and any caller use it.
public final class RunningTask: Sendable {
    private struct State {
        /// What its finished parts moved.
        var moved: UInt64 = 0
        var control: StreamControl?
        var total: UInt64 = 0
        var bytesPerSecond: UInt64
        var plan: String?
        var isComplete = false
        var isCancelled = false
        var keepsPart = true
        var problem: RPCError?
        var mayRunElsewhere = false
        var samples: [(time: ContinuousClock.Instant, bytes: UInt64)] = []
    }

    /// The rate is that of so many seconds.
    private static let window = 10

    let id: String
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(id: String, bytesPerSecond: UInt64) {
        self.id = id
        state = Mutex(State(bytesPerSecond: bytesPerSecond))
    }

    /// How fast it may be, in bytes per second; 0 is without limit.
    var bytesPerSecond: UInt64 {
        get { state.withLock { $0.bytesPerSecond } }
        set {
            state.withLock { state in
                state.bytesPerSecond = newValue
                state.control?.bytesPerSecond = newValue
            }
        }
    }

    /// Whether somebody ended it.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Whether what the destination has so far stays.
    var keepsPart: Bool { state.withLock { $0.keepsPart } }

    /// What its end has left undone.
    var problem: RPCError? {
        get { state.withLock { $0.problem } }
        set { state.withLock { $0.problem = newValue } }
    }

    /// Whether a process of it may still run on another host, which could not be asked.
    var mayRunElsewhere: Bool {
        state.withLock { $0.mayRunElsewhere || $0.control?.mayRunElsewhere ?? false }
    }

    /// Notes that somebody ended it.
    func cancel(keepsPart: Bool = true) {
        state.withLock { state in
            state.isCancelled = true
            if !keepsPart { state.keepsPart = false }
        }
    }

    /// Notes what is to be done, and how many bytes that is.
    func plan(_ text: String, bytes: UInt64) {
        state.withLock { state in
            state.plan = text
            state.total = bytes
        }
    }

    /// Notes that all is done; it was as much as was moved, whatever the estimate was.
    func complete() { state.withLock { $0.isComplete = true } }

    /// The plan, as JSON text.
    var plan: String? { state.withLock { $0.plan } }

    /// Notes that the next part begins.
    func begin(_ control: StreamControl) {
        state.withLock { state in
            state.moved += state.control?.bytes ?? 0
            if state.control?.mayRunElsewhere == true { state.mayRunElsewhere = true }
            state.control = control
            control.bytesPerSecond = state.bytesPerSecond
        }
    }

    /// Called once a second.
    func sample() {
        state.withLock { state in
            state.samples.append((.now, state.moved + (state.control?.bytes ?? 0)))
            if state.samples.count > Self.window + 1 { state.samples.removeFirst() }
        }
    }

    /// How far it is: bytes, percentage, rate and what is left.
    func progress(now: UTCDateTime) -> JSONValue {
        let (moved, total, rate, waits, isComplete) = state.withLock { state in
            let moved = state.moved + (state.control?.bytes ?? 0)
            var rate = 0.0
            if let first = state.samples.first, case let seconds = (ContinuousClock.now - first.time) / .seconds(1),
                seconds > 0.5
            {
                rate = Double(moved - min(moved, first.bytes)) / seconds
            }
            let total = state.isComplete ? moved : state.total
            return (moved, total, rate, state.control?.waitsFor ?? .nobody, state.isComplete)
        }
        // What a stream has besides its blocks is not in the estimate.
        let percentage = isComplete ? 100 : total > 0 ? min(100, Double(moved) * 100 / Double(total)) : 0
        let left = total > moved ? Double(total - moved) : 0
        return .object([
            "timestamp": .string(now.rfc3339), "task_id": .string(id), "status": "progress",
            "bytes_transferred": .integer(moved), "bytes_total": .integer(max(total, moved)),
            "percentage": .hundredths(percentage), "rate_mbps": .hundredths(rate / 1_000_000),
            "eta_seconds": .integer(rate > 0 ? Int64(clamping: Int((left / rate).rounded(.up))) : 0),
            "elapsed_seconds": .integer((ContinuousClock.now - start).components.seconds),
            "waits_for": .string(waits.word),
        ])
    }
}
