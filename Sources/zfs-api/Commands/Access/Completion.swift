import ArgumentParser

/// `zfs-api completion`: the script that completes commands and names in a shell.
struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the script that completes commands and names in bash, zsh or fish.",
        discussion: "For bash: . <(zfs-api completion bash)")

    @Argument(help: "The shell.", completion: .list(["bash", "fish", "zsh"]))
    var shell: String

    func run() throws {
        guard let known = CompletionShell(rawValue: shell) else {
            throw ValidationError(
                "there are scripts for \(CompletionShell.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        print(ZFSAPI.completionScript(for: known))
        if known == .bash { print(BashWords.script) }
    }
}
