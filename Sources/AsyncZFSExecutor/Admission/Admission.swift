internal import Synchronization
internal import ZFSCommandBuilder

/// Decides how many processes run at once, and who is next.
///
/// A pool, or the commands about all pools together, can take only some of the places: a pool that hangs leaves the rest
/// to the others. A process that not even SIGKILL ends keeps its pool's place, but no longer one of all places.
///
/// ## Concurrency
/// One mutex guards the state; mailboxes are posted to outside of it.
final class Admission: Sendable {
    /// Bounds.
    struct Limits: Sendable {
        /// Processes at once.
        var processes: Int
        /// Of these, processes for one pool.
        var perPool: Int
        /// Commands that wait.
        var queue: Int
    }

    private struct Waiter {
        let identifier: UInt64
        let pool: PoolName?
        let mailbox: Mailbox
    }

    private struct State {
        var running = 0
        var runningPerPool: [PoolName?: Int] = [:]
        var stuckPerPool: [PoolName?: Int] = [:]
        var waiters: [Waiter] = []
        var granted: Set<UInt64> = []
        var nextIdentifier: UInt64 = 1
    }

    private let limits: Limits
    private let state = Mutex(State())

    init(_ limits: Limits) {
        self.limits = limits
    }

    /// What a request for a place came to.
    enum Entry {
        /// The place is taken.
        case admitted
        /// Wait for `.granted` in the mailbox, then go on; `leave` when it is no longer wanted.
        case waiting(UInt64)
    }

    /// Asks for a place for a command on `pool`.
    /// - Throws: `ExecutionError.queueFull` or `.poolStuck`.
    func enter(_ pool: PoolName?, waitingIn mailbox: Mailbox) throws(ExecutionError) -> Entry {
        try state.withLock { state throws(ExecutionError) in
            if state.stuckPerPool[pool, default: 0] >= limits.perPool { throw .poolStuck(pool) }
            if hasRoom(for: pool, in: state), !state.waiters.contains(where: { $0.pool == pool }) {
                take(pool, in: &state)
                return .admitted
            }
            if state.waiters.count >= limits.queue { throw .queueFull(limit: limits.queue) }
            let identifier = state.nextIdentifier
            state.nextIdentifier += 1
            state.waiters.append(Waiter(identifier: identifier, pool: pool, mailbox: mailbox))
            return .waiting(identifier)
        }
    }

    /// Gives up waiting; a place that was granted meanwhile goes to the next.
    func leave(_ identifier: UInt64, _ pool: PoolName?) {
        let wasGranted = state.withLock { state in
            state.waiters.removeAll { $0.identifier == identifier }
            return state.granted.remove(identifier) != nil
        }
        if wasGranted { release(pool) }
    }

    /// Confirms a grant: from here on the place is given back by `release`.
    func accept(_ identifier: UInt64) {
        state.withLock { _ = $0.granted.remove(identifier) }
    }

    /// Gives a place back.
    func release(_ pool: PoolName?) {
        let granted = state.withLock { state -> [Mailbox] in
            state.running -= 1
            state.runningPerPool[pool, default: 1] -= 1
            if state.runningPerPool[pool] == 0 { state.runningPerPool[pool] = nil }
            return grant(in: &state)
        }
        for mailbox in granted { mailbox.post(.granted) }
    }

    /// Notes that the process in a place does not end; once all places of its pool are so, those who wait are refused.
    func setStuck(_ pool: PoolName?) {
        let (granted, refused) = state.withLock { state -> ([Mailbox], [Mailbox]) in
            state.running -= 1
            state.stuckPerPool[pool, default: 0] += 1
            var refused: [Mailbox] = []
            if state.stuckPerPool[pool, default: 0] >= limits.perPool {
                refused = state.waiters.filter { $0.pool == pool }.map(\.mailbox)
                state.waiters.removeAll { $0.pool == pool }
            }
            return (grant(in: &state), refused)
        }
        for mailbox in granted { mailbox.post(.granted) }
        for mailbox in refused { mailbox.post(.refused) }
    }

    /// Gives back the place of a process that was stuck and ended after all.
    func releaseStuck(_ pool: PoolName?) {
        state.withLock { state in
            state.running += 1
            state.stuckPerPool[pool, default: 1] -= 1
            if state.stuckPerPool[pool] == 0 { state.stuckPerPool[pool] = nil }
        }
        release(pool)
    }

    /// How many processes run, hang and wait.
    var load: ExecutorLoad {
        state.withLock { state in
            ExecutorLoad(
                running: state.running, stuck: state.stuckPerPool.values.reduce(0, +), waiting: state.waiters.count)
        }
    }

    private func hasRoom(for pool: PoolName?, in state: State) -> Bool {
        state.running < limits.processes && state.runningPerPool[pool, default: 0] < limits.perPool
    }

    private func take(_ pool: PoolName?, in state: inout State) {
        state.running += 1
        state.runningPerPool[pool, default: 0] += 1
    }

    private func grant(in state: inout State) -> [Mailbox] {
        var granted: [Mailbox] = []
        while let index = state.waiters.firstIndex(where: { hasRoom(for: $0.pool, in: state) }) {
            let waiter = state.waiters.remove(at: index)
            take(waiter.pool, in: &state)
            state.granted.insert(waiter.identifier)
            granted.append(waiter.mailbox)
        }
        return granted
    }
}
