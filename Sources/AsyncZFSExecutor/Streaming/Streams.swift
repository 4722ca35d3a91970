internal import Synchronization
internal import ZFSCommandBuilder

/// The streams that run: how many may, and what is known of them.
///
/// ## Concurrency
/// One mutex guards the state.
final class Streams: Sendable {
    private struct State {
        var next: UInt64 = 1
        var active: [UInt64: StreamControl] = [:]
        var stuck: [PoolName?: Int] = [:]
        var stalls: UInt64 = 0
    }

    private let limit: Int
    private let stuckPerPool: Int
    private let state = Mutex(State())

    init(limit: Int, stuckPerPool: Int) {
        self.limit = limit
        self.stuckPerPool = stuckPerPool
    }

    /// Takes a place.
    /// - Throws: `StreamError.tooMany`, or `ExecutionError.poolStuck` when enough processes hang in this pool.
    func enter(_ control: StreamControl, _ pool: PoolName?) throws -> UInt64 {
        try state.withLock { state in
            guard state.stuck[pool, default: 0] < stuckPerPool else { throw ExecutionError.poolStuck(pool) }
            guard state.active.count < limit else { throw StreamError.tooMany(limit: limit) }
            defer { state.next += 1 }
            state.active[state.next] = control
            return state.next
        }
    }

    /// Gives a place back.
    func leave(_ place: UInt64) {
        state.withLock { $0.active[place] = nil }
    }

    /// Notes that a process of a stream that is over does not end; its place stays taken.
    func setStuck(_ pool: PoolName?) {
        state.withLock { $0.stuck[pool, default: 0] += 1 }
    }

    /// Gives back the place of a stream that was stuck.
    func releaseStuck(_ place: UInt64, _ pool: PoolName?) {
        state.withLock { state in
            state.active[place] = nil
            let left = state.stuck[pool, default: 1] - 1
            state.stuck[pool] = left == 0 ? nil : left
        }
    }

    /// Counts a stall.
    func noteStall() {
        state.withLock { $0.stalls += 1 }
    }

    /// What is known of all of them.
    var load: StreamLoad {
        state.withLock { state in
            StreamLoad(
                active: state.active.count,
                stuck: state.stuck.values.reduce(0, +),
                smallestPipe: state.active.values.map(\.pipeBytes).filter { $0 > 0 }.min() ?? 0,
                stalls: state.stalls)
        }
    }
}
