import Synchronization

/// Tells systemd that the service is ready when every listener accepts connections.
final class ListeningSign: Sendable {
    private let missing: Mutex<Int>
    private let notifier: ServiceNotifier

    init(count: Int, notifier: ServiceNotifier) {
        missing = Mutex(count)
        self.notifier = notifier
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
