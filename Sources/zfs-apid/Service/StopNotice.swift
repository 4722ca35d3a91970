import ServiceLifecycle

/// Tells systemd that the service is about to end, and for how long that may take.
///
/// It must be the last of its group: the last one is stopped first.
struct StopNotice: Service {
    let notifier: ServiceNotifier
    /// The longest time from the beginning of a stop to the end of the process.
    let drain: Duration

    func run() async throws {
        try await gracefulShutdown()
        let time = drain.components.seconds * 1_000_000 + drain.components.attoseconds / 1_000_000_000_000
        notifier.send(.stopping, .status("finishing what is running"), .extendTimeout(UInt64(max(0, time))))
    }
}
