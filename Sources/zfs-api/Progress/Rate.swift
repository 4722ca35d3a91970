/// How fast a number grows, over the last seconds.
struct Rate {
    private static let window = Duration.seconds(10)

    private var samples: [(time: ContinuousClock.Instant, bytes: Int)] = []

    /// Adds a look, and gives bytes a second.
    mutating func add(_ bytes: Int, at time: ContinuousClock.Instant = .now) -> Double {
        samples.append((time, bytes))
        // One that is older stays, so that a stall counts.
        while samples.count > 2, time - samples[1].time >= Self.window { samples.removeFirst() }
        let first = samples[0]
        let seconds = (time - first.time).seconds
        return seconds > 0 ? Double(bytes - first.bytes) / seconds : 0
    }
}

extension Duration {
    /// As a number.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
