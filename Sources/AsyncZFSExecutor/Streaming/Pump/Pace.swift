internal import CLinux

/// How long a pump between two pipes leaves a slow stream alone, so that each time it wakes there is a good piece to move.
///
/// A program such as ssh takes and gives 16 KiB at a time; to be woken for each of them costs more than to move them. Pure: the
/// time is given.
struct Pace {
    /// What is worth waking for, as far as a quarter of the smaller pipe holds it.
    private static let goodPiece = 256 << 10
    /// Nobody is kept waiting longer.
    private static let longest = Duration.milliseconds(20)
    /// What is over sooner is not slept for: timers may be coarse, and the pipes would run dry.
    private static let shortest = Duration.milliseconds(5)

    private let piece: Int
    private var moved = 0
    private var start: ContinuousClock.Instant?

    /// For pipes of which the smaller one holds so many bytes.
    init(pipeBytes: Int) {
        piece = min(Self.goodPiece, pipeBytes / 4)
    }

    /// For two descriptors; nil unless both are pipes.
    init?(from input: Descriptor, to output: Descriptor) {
        let bytes = min(clinux_pipe_size(input.number), clinux_pipe_size(output.number))
        guard bytes > 0 else { return nil }
        self.init(pipeBytes: Int(bytes))
    }

    /// Notes bytes that were moved.
    mutating func take(_ bytes: Int) { moved += bytes }

    /// How long to sleep before there is something worth moving; nil for not at all.
    ///
    /// Asked each time nothing more can move.
    mutating func pause(at now: ContinuousClock.Instant) -> Duration? {
        defer { (start, moved) = (now, 0) }
        guard let start, moved > 0 else { return nil }
        let time = (now - start) * (Double(piece) / Double(moved))
        return time < Self.shortest ? nil : min(time, Self.longest)
    }
}
