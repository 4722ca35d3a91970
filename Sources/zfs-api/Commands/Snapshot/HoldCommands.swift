import ArgumentParser
import ZFSAPIClient

/// `zfs-api hold`.
struct HoldCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Holds: what keeps snapshots from being destroyed.",
        subcommands: [HoldList.self, HoldAdd.self, HoldRelease.self])
}

/// `zfs-api hold list`.
struct HoldList: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the holds on a snapshot.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Flag(name: .shortAndLong, help: "Also on the snapshots of that name of everything below.")
    var recursive = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.snapshotHoldsList(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, recursive: recursive)
        try output.show(answer) {
            Table(
                [.text("SNAPSHOT"), .text("TAG"), .text("CREATED")],
                answer.entries.map { [$0.snapshot, $0.tag, $0.created] })
        }
    }
}

/// `zfs-api hold add`.
struct HoldAdd: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Put a hold on a snapshot.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Argument(help: "The tag of the hold.")
    var tag: String
    @Flag(name: .shortAndLong, help: "Also on the snapshots of that name of everything below.")
    var recursive = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.snapshotHold(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, tag: tag, recursive: recursive)
        try output.show(answer, sentence: "\(snapshot.text) is held by \(answer.hold)")
    }
}

/// `zfs-api hold release`.
struct HoldRelease: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Remove a hold from a snapshot.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Argument(help: "The tag of the hold.")
    var tag: String
    @Flag(name: .shortAndLong, help: "Also from the snapshots of that name of everything below.")
    var recursive = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.snapshotRelease(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, tag: tag, recursive: recursive)
        try output.show(answer, sentence: "\(snapshot.text) is no longer held by \(answer.released)")
    }
}
