import ArgumentParser
import Glibc

/// Asks before something is lost.
struct Confirmation: ParsableArguments {
    private static let most = 10

    @Flag(name: .shortAndLong, help: "Do not ask before something is destroyed.")
    var yes = false

    /// Asks on the terminal.
    /// - Parameters:
    ///   - question: What will be lost.
    ///   - names: The same by name, whatever else is silent.
    /// - Throws: `CommandFailure` when the answer is no, or when there is no terminal to ask on.
    func ask(_ question: String, about names: [String] = []) throws(CommandFailure) {
        if yes { return }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw CommandFailure(
                .declined, "\(question): there is no terminal to ask on", hint: "Pass --yes if this is meant.")
        }
        for name in names.prefix(Self.most) { StandardError.write("  \(Printable.text(name))\n") }
        if names.count > Self.most { StandardError.write("  and \(names.count - Self.most) more\n") }
        StandardError.write("\(Printable.text(question))? [y/N] ")
        let answer = readLine(strippingNewline: true)?.lowercased()
        guard answer == "y" || answer == "yes" else { throw CommandFailure(.declined, "nothing was done") }
    }
}
