/// Quoting for the shell of a remote host, the only shell there is anywhere: sshd gives a command to the user's shell.
enum ShellWord {
    /// One line that any POSIX shell splits into just these words.
    ///
    /// Within single quotes nothing is special but the quote itself, which stands as `'\''`.
    static func join(_ words: [String]) -> String {
        words.map(quote).joined(separator: " ")
    }

    private static func quote(_ word: String) -> String {
        var text = "'"
        for scalar in word.unicodeScalars {
            if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
        }
        return text + "'"
    }
}
