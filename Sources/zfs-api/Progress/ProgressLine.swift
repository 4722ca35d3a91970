/// A line on standard error that tells how far something is: redrawn on a terminal, and now and then a new line elsewhere.
struct ProgressLine {
    private static let barWidth = 24
    private static let pause = Duration.seconds(5)

    private let isTerminal: Bool
    private let isShown: Bool
    private let output: Output
    private var isDrawn = false
    private var last = ContinuousClock.now

    init(_ output: Output, isTerminal: Bool = StandardError.isTerminal) {
        self.output = output
        self.isTerminal = isTerminal
        isShown = !output.quiet && !output.json
    }

    /// Shows a state.
    mutating func show(_ state: ProgressState) {
        guard isShown else { return }
        if isTerminal {
            let line = Self.bar(state, output, width: TerminalWidth.of(2) ?? 80)
            StandardError.write("\r\u{1b}[K\(line)")
            isDrawn = true
        } else if ContinuousClock.now - last >= Self.pause {
            last = .now
            StandardError.write(Self.plain(state, output) + "\n")
        }
    }

    /// Takes the line away.
    mutating func end() {
        if isDrawn { StandardError.write("\r\u{1b}[K") }
        isDrawn = false
    }

    /// For a terminal, not wider than it.
    static func bar(_ state: ProgressState, _ output: Output, width: Int) -> String {
        var line = plain(state, output)
        // The bar has what the words leave.
        let room = min(barWidth, width - 4 - line.count)
        if let share = state.share, room >= 8 {
            let filled = Int(share * Double(room))
            line = "[\(String(repeating: "#", count: filled))\(String(repeating: "-", count: room - filled))] \(line)"
        }
        return String(line.prefix(max(width - 1, 10)))
    }

    /// For a log.
    static func plain(_ state: ProgressState, _ output: Output) -> String {
        let percent = state.share.map { ["\(Int($0 * 100)) %"] } ?? []
        return Printable.text((percent + state.parts { output.size($0) }).joined(separator: "  "))
    }
}
