import ArgumentParser
import ZFSAPIClient

/// `zfs-api token`: the right to one transfer, for other programs.
struct TokenCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Transfer tokens: the right to one stream over a transfer socket.",
        subcommands: [TokenSend.self, TokenReceive.self, TokenList.self, TokenRevoke.self])
}

/// `zfs-api token send`.
struct TokenSend: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Make a token with which one stream of a snapshot can be fetched, and print it.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Option(name: [.customShort("i"), .customLong("from")], help: "What the receiver has already.")
    var from: String?
    @Flag(name: [.customShort("R"), .customLong("recursive")], help: "With everything below, and properties.")
    var recursive = false
    @Option(help: "Seconds until it expires.")
    var ttl: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.tokenCreateSend(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, fromSnapshot: from, recursive: recursive, ttl: ttl)
        try output.show(answer, lines: [answer.token])
    }
}

/// `zfs-api token receive`.
struct TokenReceive: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Make a token with which one stream can be put into a dataset, and print it.")

    @Argument(help: "The file system or volume.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(
        name: [.customShort("F"), .customLong("force")], help: "Whoever has it may roll back or replace the dataset.")
    var force = false
    @Flag(name: [.customShort("s"), .customLong("resumable")], help: "Keep what came when the stream breaks off.")
    var resumable = false
    @Option(help: "Seconds until it expires.")
    var ttl: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.tokenCreateReceive(
            dataset: dataset, force: force, resumable: resumable, ttl: ttl)
        try output.show(answer, lines: [answer.token])
    }
}

/// `zfs-api token list`.
struct TokenList: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List transfer tokens.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.tokenList()
        try output.show(answer) {
            Table(
                [.text("ID"), .text("OPERATION"), .text("DATASET"), .text("EXPIRES"), .number("USES")],
                answer.tokens.map { token in
                    [
                        token.tokenID, token.operation, token.dataset + (token.snapshot.map { "@\($0)" } ?? ""),
                        token.expiresAt, "\(token.useCount) of \(token.maxUses)",
                    ]
                })
        }
    }
}

/// `zfs-api token revoke`.
struct TokenRevoke: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Make a transfer token unusable; it is read from standard input.",
        discussion: "The whole token is a secret, so it is no argument.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let token = try SecretPrompt.read("Transfer token: ")
        let answer = try await client.tokenRevoke(tokenID: token)
        try output.show(answer, sentence: "the token is revoked")
    }
}
