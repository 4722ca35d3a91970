import Glibc

/// How many columns a terminal has.
enum TerminalWidth {
    /// Of a descriptor; nil when that is no terminal.
    static func of(_ descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        if let text = Environment.all["COLUMNS"], let columns = Int(text), columns > 0 { return columns }
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
