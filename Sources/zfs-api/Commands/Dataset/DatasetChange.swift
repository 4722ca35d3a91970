import ArgumentParser
import ZFSAPIClient

/// `zfs-api dataset rename`.
struct DatasetRename: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Rename a file system or volume, within its pool.")

    @Argument(help: "The present name.", completion: NameCompletion.datasets)
    var dataset: String
    @Argument(help: "The new full name.", completion: NameCompletion.datasets)
    var newName: String
    @Flag(name: .shortAndLong, help: "Also create missing file systems above the new name.")
    var parents = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetRename(dataset: dataset, newName: newName, parents: parents)
        try output.show(answer, sentence: "\(answer.oldName) is now \(answer.newName)")
    }
}

/// `zfs-api dataset promote`.
struct DatasetPromote: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Make a clone independent of its origin; the origin then depends on it.")

    @Argument(help: "The clone.", completion: NameCompletion.datasets)
    var dataset: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetPromote(dataset: dataset)
        try output.show(answer, sentence: "promoted \(answer.dataset)")
    }
}

/// `zfs-api dataset space`.
struct DatasetSpace: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "space", abstract: "Show what uses the space of a dataset.")

    @Argument(help: "The file system or volume.", completion: NameCompletion.datasets)
    var dataset: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetGetSpace(dataset: dataset)
        let space = answer.space
        try output.show(answer) {
            Table(
                [
                    .text("NAME"), .number("AVAIL"), .number("USED"), .number("USEDSNAP"), .number("USEDDS"),
                    .number("USEDREFRESERV"), .number("USEDCHILD"),
                ],
                [
                    [space.name]
                        + [
                            space.avail, space.used, space.usedsnap, space.useddss, space.usedrefreserv,
                            space.usedchild,
                        ].map { output.size($0) }
                ])
        }
    }
}
