import ArgumentParser
import ZFSAPIClient

/// `zfs-api dataset`.
struct DatasetCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset", abstract: "File systems and volumes: list, create, destroy, properties, keys.",
        subcommands: [
            DatasetList.self, DatasetCreate.self, DatasetDestroy.self, DatasetRename.self, DatasetPromote.self,
            DatasetGet.self, DatasetSet.self, DatasetInherit.self, DatasetSpace.self, DatasetMount.self,
            DatasetUnmount.self, DatasetLoadKey.self, DatasetUnloadKey.self, DatasetChangeKey.self,
        ])
}

/// `zfs-api dataset list`.
struct DatasetList: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List file systems and volumes; with a dataset, it and everything below it.")

    @Argument(help: "Where to begin; without it all pools are listed.", completion: NameCompletion.datasets)
    var dataset: String?
    @Option(
        name: .shortAndLong, help: ArgumentHelp("filesystem or volume; both by default.", valueName: "type"),
        completion: .list(["filesystem", "volume"]))
    var type: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("How many levels below the beginning.", valueName: "levels"))
    var depth: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetList(
            dataset: dataset, types: type.map { [$0] }, depth: depth,
            properties: ["used", "available", "referenced", "mountpoint"])
        try output.show(answer) {
            let size: (String?) -> String = { output.size($0.flatMap(Int.init)) }
            return Table(
                [.text("NAME"), .number("USED"), .number("AVAIL"), .number("REFER"), .text("MOUNTPOINT")],
                (answer.entries ?? []).map { entry in
                    [
                        entry.name, size(entry.properties["used"]), size(entry.properties["available"]),
                        size(entry.properties["referenced"]), entry.properties["mountpoint"] ?? "-",
                    ]
                })
        }
    }
}
