import Logging
import ServiceLifecycle

/// Gives systemd the sign of its watchdog at half of the interval it asks for, only while every probe answers.
///
/// The loop runs on the pool of threads that all tasks share, so a pool that is stuck gives no sign either. It must be
/// the first of its group: the first one is stopped last, and signs are needed to the end. When systemd does not watch,
/// it only waits for the end.
struct WatchdogService: Service {
    let notifier: ServiceNotifier
    let liveness: Liveness
    let logger: Logger

    func run() async throws {
        guard let interval = notifier.watchdogInterval else {
            try await gracefulShutdown()
            return
        }
        try await cancelWhenGracefulShutdown { try await watch(every: interval / 2) }
    }

    private func watch(every period: Duration) async throws {
        while !Task.isCancelled {
            let start = ContinuousClock.now
            // Half of the period is left, so that a slow answer is not a missed sign.
            guard let silent = try? await liveness.check(within: period / 2) else { return }
            if silent.isEmpty {
                notifier.send(.watchdog)
            } else {
                logger.error(
                    "parts of the daemon do not answer; systemd gets no sign of life until they do",
                    metadata: ["parts": .array(silent.map { .string($0) })]
                )
            }
            try? await Task.sleep(until: start + period, clock: .continuous)
        }
    }
}
