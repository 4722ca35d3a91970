import ArgumentParser
import ZFSAPIClient

/// `zfs-api snapshot`.
struct SnapshotCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Snapshots and clones: list, create, destroy, roll back, compare.",
        subcommands: [
            SnapshotList.self, SnapshotCreate.self, SnapshotDestroy.self, SnapshotRename.self, SnapshotRollback.self,
            SnapshotDiff.self, SnapshotClone.self,
        ])
}

/// `zfs-api snapshot list`.
struct SnapshotList: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the snapshots of a dataset, the oldest first.")

    @Argument(help: "The file system or volume.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(name: .shortAndLong, help: "Also the snapshots of everything below.")
    var recursive = false
    @Option(help: "How many at most.")
    var limit: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.snapshotList(dataset: dataset, limit: limit, recursive: recursive)
        try output.show(answer) {
            Table(
                [.text("NAME"), .number("USED"), .number("REFER"), .number("HOLDS"), .text("CREATED")],
                answer.entries.map { entry in
                    [
                        entry.name, output.size(entry.used), output.size(entry.referenced), String(entry.holds),
                        entry.creation,
                    ]
                })
        }
        if answer.nextCursor != nil { output.remark("there are more; pass a larger --limit") }
    }
}

/// `zfs-api snapshot create`.
struct SnapshotCreate: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a snapshot: dataset@name, or dataset with --tag.")

    @Argument(help: "dataset@name, or the dataset.", completion: NameCompletion.datasets)
    var name: String
    @Option(help: ArgumentHelp("Name it after this word and the time in UTC.", valueName: "word"))
    var tag: String?
    @Flag(name: .shortAndLong, help: "Also of everything below, in one atomic step.")
    var recursive = false
    @OptionGroup var properties: PropertyList
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func validate() throws {
        if tag == nil, SnapshotName(argument: name) == nil {
            throw ValidationError("give dataset@name, or --tag with a dataset")
        }
        if tag != nil, !properties.pairs.isEmpty { throw ValidationError("--tag takes no properties") }
    }

    func perform(_ client: Client, _ output: Output) async throws {
        let answer: SnapshotCreateResult
        if let tag {
            answer = try await client.snapshotCreateAuto(dataset: name, tag: tag, recursive: recursive)
        } else if let snapshot = SnapshotName(argument: name) {
            answer = try await client.snapshotCreate(
                dataset: snapshot.dataset, name: snapshot.snapshot, recursive: recursive,
                properties: properties.values)
        } else {
            throw ValidationError("give dataset@name")
        }
        let full = "\(answer.dataset)@\(answer.snapshot)"
        if output.quiet { return try output.show(answer, lines: [full]) }
        try output.show(answer, sentence: "created \(full)")
    }
}
