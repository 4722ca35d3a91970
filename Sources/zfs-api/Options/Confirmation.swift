import ArgumentParser
import Glibc

/// Asks before something is lost.
struct Confirmation: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Do not ask before something is destroyed.")
    var yes = false

    /// Asks on the terminal.
    /// - Parameter question: What will be lost.
    /// - Throws: `CommandFailure` when the answer is no, or when there is no terminal to ask on.
    func ask(_ question: String) throws(CommandFailure) {
        if yes { return }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw CommandFailure(
                .declined, "\(question): there is no terminal to ask on", hint: "Pass --yes if this is meant.")
        }
        StandardError.write("\(question)? [y/N] ")
        let answer = readLine(strippingNewline: true)?.lowercased()
        guard answer == "y" || answer == "yes" else { throw CommandFailure(.declined, "nothing was done") }
    }
}
