import Redis
import Synchronization

/// The states a client reported, in their order.
final class StateLog: Sendable {
    private let states = Mutex<[RedisState]>([])

    var all: [RedisState] { states.withLock { $0 } }

    func add(_ state: RedisState) {
        states.withLock { $0.append(state) }
    }
}
