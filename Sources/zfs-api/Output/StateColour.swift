/// The colours of words for states.
enum StateColour {
    private static let paints: [String: Style.Paint] = [
        "ONLINE": .green, "DEGRADED": .yellow, "FAULTED": .red, "OFFLINE": .yellow, "UNAVAIL": .red, "REMOVED": .yellow,
        "SUSPENDED": .red, "completed": .green, "running": .yellow, "failed": .red, "cancelled": .red,
    ]

    /// A word with its colour; anything else as it is.
    static func paint(_ word: String, _ style: Style) -> String {
        guard style.isOn, let paint = paints[word] else { return word }
        return style.paint(word, paint)
    }
}
