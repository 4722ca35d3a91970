import Synchronization

/// Rounds of asking all probes; a round that is not complete is waited for, never asked again, so that a part that hangs
/// does not gather questions.
///
/// ## Concurrency
/// One task at a time calls ``check(within:)``; probes answer from any thread.
final class Liveness: Sendable {
    private struct Round {
        var number = 0
        var silent: Set<String> = []
    }

    /// How often a round is looked at while it is not complete.
    private static let step = Duration.milliseconds(20)

    private let probes: [LivenessProbe]
    private let round = Mutex(Round())

    /// Takes the probes, whose names must differ.
    init(probes: [LivenessProbe]) {
        self.probes = probes
    }

    /// Asks each probe, or goes on waiting for the last round, and returns the names of those that have not answered in
    /// time: none when all is well.
    func check(within limit: Duration) async throws -> [String] {
        ask()
        let deadline = ContinuousClock.now + limit
        while true {
            let silent = round.withLock { $0.silent }
            if silent.isEmpty || ContinuousClock.now >= deadline { return silent.sorted() }
            try await Task.sleep(for: Self.step)
        }
    }

    private func ask() {
        let number: Int? = round.withLock { round in
            guard round.silent.isEmpty else { return nil }
            round.number += 1
            round.silent = Set(probes.map(\.name))
            return round.number
        }
        guard let number else { return }
        for probe in probes {
            probe.ask { [self] in
                round.withLock { round in
                    if round.number == number { round.silent.remove(probe.name) }
                }
            }
        }
    }
}
