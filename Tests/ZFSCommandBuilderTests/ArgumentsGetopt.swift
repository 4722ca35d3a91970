/// What glibc's `getopt` makes of a word list: it permutes, so that a word with a hyphen is an option anywhere.
struct Getopt {
    var options: [Character] = []
    var values: [String] = []
    var operands: [String] = []

    /// Parses the words after the subcommand, or gives nil for an option that `declared` does not have.
    /// - Parameter declared: The option string of `zfs_main.c`; a colon marks an option with a value.
    init?(_ words: some Sequence<String>, declared: String) {
        var rest = Array(words)[...]
        while let word = rest.popFirst() {
            if word == "--redact" {
                guard let value = rest.popFirst() else { return nil }
                values.append(value)
            } else if word.utf8.first == 0x2D, word.utf8.count > 1 {
                for character in word.dropFirst() {
                    guard character != ":", let place = declared.firstIndex(of: character) else { return nil }
                    options.append(character)
                    if declared[place...].dropFirst().first == ":" {
                        guard let value = rest.popFirst() else { return nil }
                        values.append(value)
                    }
                }
            } else {
                operands.append(word)
            }
        }
    }
}
