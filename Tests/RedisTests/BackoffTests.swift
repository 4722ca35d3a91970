import Testing

@testable import Redis

@Suite struct BackoffTests {
    @Test func `pauses double from a tenth of a second to ten seconds, and differ`() {
        var random = SystemRandomNumberGenerator()
        let bounds = [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10, 10]
        var first: Set<Duration> = []
        for _ in 0..<100 {
            var backoff = Backoff()
            let pauses = bounds.map { _ in backoff.next(using: &random) }
            for (pause, bound) in zip(pauses, bounds) {
                #expect(pause >= .seconds(bound / 2) && pause <= .seconds(bound))
            }
            first.insert(pauses[0])
        }
        #expect(first.count > 50)
    }

    @Test func `begins again after a reset`() {
        var backoff = Backoff()
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5 { _ = backoff.next(using: &random) }
        backoff.reset()
        #expect(backoff.next(using: &random) <= Backoff.shortest * 2)
    }
}
