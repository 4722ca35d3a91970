import Synchronization
import ZFSRPC

/// Tells systemd, and who asks, that the service is ready when every listener accepts connections.
final class ListeningSign: Sendable {
    private let missing: Mutex<Int>
    private let notifier: ServiceNotifier

    init(count: Int, notifier: ServiceNotifier) {
        missing = Mutex(count)
        self.notifier = notifier
    }

    /// Whether all of them listen.
    var check: Readiness.Check {
        let missing = missing.withLock { $0 }
        let detail = missing == 0 ? "all listeners accept connections" : "listeners that do not accept yet: \(missing)"
        return Readiness.Check(name: "listeners", isOK: missing == 0, detail: detail)
    }

    /// One more listens.
    func add() {
        let isComplete = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isComplete { notifier.send(.ready, .status("serving")) }
    }
}
