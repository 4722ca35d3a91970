/// Why a command could not do what it was asked for, where that is not the daemon's error.
struct CommandFailure: Error {
    let exit: CommandExit
    let message: String
    /// What to do about it.
    let hint: String?

    init(_ exit: CommandExit, _ message: String, hint: String? = nil) {
        self.exit = exit
        self.message = message
        self.hint = hint
    }
}
