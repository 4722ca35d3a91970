import ArgumentParser
import ZFSAPIClient

/// `zfs-api snapshot rename`.
struct SnapshotRename: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Rename a snapshot.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Argument(help: "The new short name.")
    var newName: String
    @Flag(name: .shortAndLong, help: "Also the snapshots of that name of everything below.")
    var recursive = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.snapshotRename(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, newName: newName, recursive: recursive)
        try output.show(answer, sentence: "\(snapshot.text) is now \(answer.dataset)@\(answer.snapshot)")
    }
}

/// `zfs-api snapshot clone`.
struct SnapshotClone: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "clone", abstract: "Create a file system or volume from a snapshot, sharing its blocks.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Argument(help: "The new dataset, in the same pool.", completion: NameCompletion.datasets)
    var target: String
    @OptionGroup var properties: PropertyList
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.cloneCreate(
            source: snapshot.text, target: target, properties: properties.values)
        try output.show(answer, sentence: "created \(answer.clone) from \(answer.source)")
    }
}

/// `zfs-api snapshot diff`.
struct SnapshotDiff: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show which files differ between two snapshots, or between a snapshot and now.")

    @Argument(help: "The older snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var older: SnapshotName
    @Argument(help: "The newer one, or a clone; without it the present state.", completion: NameCompletion.snapshots)
    var newer: String?
    @Option(help: "How many changes at most.")
    var limit: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.snapshotDiff(snapshot1: older.text, snapshot2: newer, limit: limit)
        try output.show(answer) {
            let changes = answer.changes
            var rows = (changes?.new ?? []).map { ["+", $0.type, $0.path] }
            rows += (changes?.modified ?? []).map { ["M", $0.type, $0.path] }
            rows += (changes?.deleted ?? []).map { ["-", $0.type, $0.path] }
            rows += (changes?.renamed ?? []).map { ["R", $0.type, "\($0.oldPath) -> \($0.newPath)"] }
            return Table([.text("CHANGE"), .text("TYPE"), .text("PATH")], rows)
        }
        if answer.truncated == true { output.remark("there are more changes; pass a larger --limit") }
    }
}
