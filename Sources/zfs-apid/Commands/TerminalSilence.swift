import Glibc
import Synchronization

/// A terminal that does not show what is typed, until `end`.
///
/// A signal that would end the process in between is kept in `signal` instead, so that the terminal is put right first.
struct TerminalSilence {
    private static let signals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
    private static let caught = Atomic<Int32>(0)

    private let settings: termios

    /// The signal that came and asked for the end of the process.
    static var signal: Int32? {
        let number = caught.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// Turns the echo of standard input off.
    init() {
        // The first use of a global makes it, which a signal handler must not do.
        Self.caught.store(0, ordering: .relaxed)
        for number in Self.signals {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { TerminalSilence.caught.store($0, ordering: .relaxed) }
            unsafe sigaction(number, &action, nil)
        }
        var settings = termios()
        unsafe tcgetattr(STDIN_FILENO, &settings)
        self.settings = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
    }

    /// Puts the terminal and the signals back.
    func end() {
        var settings = settings
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        for number in Self.signals { Glibc.signal(number, SIG_DFL) }
    }
}
