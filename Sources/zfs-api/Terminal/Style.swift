import Glibc

/// Colours, where they are wanted: on a terminal, and never with NO_COLOR.
struct Style {
    /// What a text stands out by.
    enum Paint: String {
        case bold = "1"
        case faint = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    let isOn: Bool

    /// For standard output.
    static var standardOutput: Style { Style(isOn: allowed(STDOUT_FILENO)) }
    /// For standard error.
    static var standardError: Style { Style(isOn: allowed(STDERR_FILENO)) }

    /// The text with its colour.
    func paint(_ text: String, _ paint: Paint) -> String {
        isOn ? "\u{1b}[\(paint.rawValue)m\(text)\u{1b}[0m" : text
    }

    private static func allowed(_ descriptor: Int32) -> Bool {
        let environment = Environment.all
        return isatty(descriptor) == 1 && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }
}
