import ArgumentParser
import ZFSAPIClient

/// `zfs-api bookmark`.
struct BookmarkCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bookmark", abstract: "Bookmarks: bases for incremental sends that take no space.",
        subcommands: [BookmarkList.self, BookmarkCreate.self, BookmarkDestroy.self])
}

/// `zfs-api bookmark list`.
struct BookmarkList: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the bookmarks of a dataset, the oldest first.")

    @Argument(help: "The file system or volume.", completion: NameCompletion.datasets)
    var dataset: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.bookmarkList(dataset: dataset)
        try output.show(answer) {
            Table([.text("NAME"), .text("CREATED")], answer.entries.map { [$0.name, $0.creation] })
        }
    }
}

/// `zfs-api bookmark create`.
struct BookmarkCreate: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a bookmark of a snapshot.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Argument(help: "The bookmark, as dataset#name.")
    var bookmark: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.bookmarkCreate(snapshot: snapshot.text, bookmark: bookmark)
        try output.show(answer, sentence: "created \(answer.bookmark)")
    }
}

/// `zfs-api bookmark destroy`.
struct BookmarkDestroy: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy", abstract: "Destroy a bookmark. Asks first.")

    @Argument(help: "The bookmark, as dataset#name.", completion: NameCompletion.bookmarks)
    var bookmark: String
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        try confirmation.ask("destroy \(bookmark)")
        let answer = try await client.bookmarkDestroy(bookmark: bookmark)
        try output.show(answer, sentence: "destroyed \(answer.bookmark)")
    }
}
