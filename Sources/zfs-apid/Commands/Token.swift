import ArgumentParser

/// `zfs-apid token`: bearer tokens.
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make bearer tokens for programs.",
        subcommands: [TokenIssue.self]
    )
}
