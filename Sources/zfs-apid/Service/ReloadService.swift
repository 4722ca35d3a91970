import ServiceLifecycle
import UnixSignals

/// Reads the configuration again at each SIGHUP, and tells systemd when it begins and ends.
struct ReloadService: Service {
    let notifier: ServiceNotifier
    /// Does it, and says in one line how that went.
    let reload: @Sendable () async -> String

    func run() async throws {
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        for await _ in hangUps.cancelOnGracefulShutdown() {
            await notifier.reloading(reload)
        }
    }
}
