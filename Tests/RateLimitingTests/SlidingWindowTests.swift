import Testing

@testable import RateLimiting

@Suite struct SlidingWindowTests {
    private static let length: Int64 = 60_000_000_000

    /// A window with `before` requests at 0 and `count` at the begin of the next window.
    private func window(before: Int, count: Int) -> SlidingWindow {
        var window = SlidingWindow()
        window.advance(to: 0, length: Self.length)
        for _ in 0..<before { window.record() }
        window.advance(to: Self.length, length: Self.length)
        for _ in 0..<count { window.record() }
        return window
    }

    @Test func `the window before fades as time goes`() {
        let window = window(before: 100, count: 10)
        for (seconds, used) in [(60, 110), (66, 100), (90, 60), (119, 11)] {
            #expect(window.used(at: Int64(seconds) * 1_000_000_000, length: Self.length) == used)
        }
    }

    @Test func `two windows later nothing is left`() {
        for pause in [120, 121, 1_000_000] as [Int64] {
            var window = window(before: 0, count: 0)
            window.advance(to: 0, length: Self.length)
            window.record()
            window.advance(to: pause * 1_000_000_000, length: Self.length)
            #expect(window.isEmpty)
        }
    }

    @Test(arguments: [
        (0, 1, 1), (0, 10, 10), (10, 0, 10), (7, 5, 9), (100, 40, 100), (1, 1, 1), (3, 50, 20), (3, 0, 3),
    ])
    func `says to the nanosecond when the next request is allowed`(before: Int, count: Int, limit: Int) {
        let window = window(before: before, count: count)
        let now = Self.length + 1_234_567
        let wait = window.timeUntilAllowed(at: now, length: Self.length, limit: limit)
        for (shift, isAllowed) in [(0, true), (-1, false)] as [(Int64, Bool)] where wait + shift >= 0 {
            var later = window
            later.advance(to: now + wait + shift, length: Self.length)
            #expect((later.used(at: now + wait + shift, length: Self.length) < limit) == isAllowed)
        }
    }

    @Test func `never holds more than the limit in a window, or twice in any stretch of one`() {
        var random = SystemRandomNumberGenerator()
        var window = SlidingWindow()
        var time: Int64 = 0
        var admitted: [Int64] = []
        for _ in 0..<20_000 {
            time += Int64.random(in: 0...2_000_000_000, using: &random)
            window.advance(to: time, length: Self.length)
            guard window.used(at: time, length: Self.length) < 20 else { continue }
            window.record()
            admitted.append(time)
            #expect(window.count <= 20)
            while let first = admitted.first, first <= time - Self.length { admitted.removeFirst() }
            #expect(admitted.count <= 40)
        }
    }

    @Test func `a clock that goes back neither fills nor empties it`() {
        var window = window(before: 10, count: 5)
        window.advance(to: 0, length: Self.length)
        #expect(window.used(at: 0, length: Self.length) == 15)
    }
}
