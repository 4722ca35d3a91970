import ArgumentParser
import ZFSAPIClient

/// `zfs-api migrate`: gives another dataset a snapshot.
struct Migrate: ClientCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give another dataset, on the same or another host, a snapshot, and wait for it.",
        discussion: """
            The daemon does it by itself, also over a restart and when nobody waits. To interrupt this command does not \
            stop the migration: zfs-api task watch goes on waiting, zfs-api task cancel ends it.
            """
    )

    @Argument(help: "The snapshot: dataset@name, or host:dataset@name.", completion: NameCompletion.snapshots)
    var source: String
    @Option(help: ArgumentHelp("The destination: dataset, or host:dataset.", valueName: "destination"))
    var to: Destination
    @Flag(name: [.customShort("R"), .customLong("recursive")], help: "With everything below.")
    var recursive = false
    @Flag(name: [.customShort("I"), .customLong("intermediates")], help: "With all snapshots in between.")
    var intermediates = false
    @Option(help: ArgumentHelp("Megabytes a second at most.", valueName: "MB/s"))
    var limit: Double?
    @Option(
        help: ArgumentHelp("How the stream is compressed between hosts.", valueName: "program"),
        completion: .list(["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"]))
    var compression: String?
    @Option(
        help: ArgumentHelp(
            "What becomes of a destination that does not fit: refuse, keep or rollback.", valueName: "word"),
        completion: .list(["refuse", "keep", "rollback"]))
    var onConflict: String?
    @Flag(inversion: .prefixedNo, help: "Hold the snapshot on both sides, for the next migration to build on.")
    var sync = true
    @Flag(help: "With the properties of the source.")
    var withProperties = false
    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only tell what would be done.")
    var dryRun = false
    @Flag(help: "Print the task and do not wait.")
    var detach = false
    @OptionGroup var properties: PropertyList
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if dryRun || (onConflict == "rollback" && !confirmation.yes) {
            let plan = try await client.migrationPlan(
                source: source, destination: to.dataset, remote: to.host, compression: compression,
                recursive: recursive, intermediates: intermediates, onConflict: onConflict)
            if dryRun { return try MigrationText.show(plan, output) }
            let lost = MigrationText.losses(plan)
            if !lost.isEmpty { try confirmation.ask("lose this at \(to.dataset)", about: lost) }
        }
        let task = try await client.migrationCreate(
            source: source, destination: to.dataset, remote: to.host, limit: limit, compression: compression,
            recursive: recursive, intermediates: intermediates, sync: sync, onConflict: onConflict,
            withProperties: withProperties, properties: properties.values)
        if detach { return try output.show(task, lines: [task.taskID]) }
        output.remark("task \(task.taskID)")
        try await TaskWait(client: client, output: output).wait(for: task.taskID)
    }
}

/// `dataset` or `host:dataset`.
struct Destination: ExpressibleByArgument {
    let host: String?
    let dataset: String

    init?(argument: String) {
        // A host is before the first colon, and has no slash; a dataset may have colons too.
        if let colon = argument.firstIndex(of: ":"), !argument[..<colon].contains("/") {
            host = String(argument[..<colon])
            dataset = String(argument[argument.index(after: colon)...])
        } else {
            host = nil
            dataset = argument
        }
        guard !dataset.isEmpty, host != "" else { return nil }
    }
}
