/// The pauses between tries to connect: each about twice as long as the one before, with jitter.
///
/// Without jitter the nodes that lost a server at the same moment would all come back at the same moment.
struct Backoff {
    /// No pause is shorter.
    static let shortest = Duration.milliseconds(100)
    /// No pause is longer.
    static let longest = Duration.seconds(10)

    private var bound = Self.shortest * 2

    /// A pause between half of the present bound and the bound, which doubles.
    mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
        defer { bound = min(bound * 2, Self.longest) }
        return bound / 2 + bound / 2 * Double.random(in: 0...1, using: &random)
    }

    /// Begins again with the shortest pause.
    mutating func reset() {
        self = Backoff()
    }
}
