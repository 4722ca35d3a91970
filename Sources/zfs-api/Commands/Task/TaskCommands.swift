import ArgumentParser
import ZFSAPIClient

/// `zfs-api task`.
struct TaskCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Migrations: list, show, watch, cancel, change how fast they are.",
        subcommands: [TaskList.self, TaskShow.self, TaskWatch.self, TaskCancel.self, TaskLimit.self])
}

/// `zfs-api task list`.
struct TaskList: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List migrations, the newest first.")

    @Option(
        help: ArgumentHelp("Those of one status alone.", valueName: "status"),
        completion: .list(["pending", "running", "completed", "failed", "cancelled"]))
    var status: String?
    @Option(help: "How many at most.")
    var limit: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.migrationList(status: status, limit: limit)
        try output.show(answer) {
            Table(
                [
                    .whole("TASK"), .text("STATUS"), .number("DONE"), .text("SOURCE"), .text("DESTINATION"),
                    .text("CREATED"),
                ],
                answer.tasks.map(MigrationText.row))
        }
    }
}

/// `zfs-api task show`.
struct TaskShow: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a migration.")

    @Argument(help: "The task.", completion: NameCompletion.tasks)
    var task: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.migrationGet(taskID: task)
        try output.show(answer, lines: MigrationText.lines(answer, output))
    }
}

/// `zfs-api task watch`.
struct TaskWatch: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Wait for a migration and show how far it is; without a task, print what happens to all.")

    @Argument(help: "The task.", completion: NameCompletion.tasks)
    var task: String?
    @Option(
        help: ArgumentHelp("Begin behind this event; by default with what happens from now on.", valueName: "sequence"))
    var after: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if let task { return try await TaskWait(client: client, output: output).wait(for: task) }
        for try await event in client.events(after: after) {
            try output.print(
                output.json
                    ? Output.text(of: event, pretty: false)
                    : Printable.text("\(event.timestamp)  \(event.taskID)  \(event.event)  \(event.status)"))
        }
    }
}

/// `zfs-api task cancel`.
struct TaskCancel: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a migration; ends when its processes on both hosts are gone.")

    @Argument(help: "The task.", completion: NameCompletion.tasks)
    var task: String
    @Flag(
        inversion: .prefixedNo, help: "Keep what the destination has so far, so that the next one goes on from there.")
    var keepPartial = true
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.migrationCancel(taskID: task, keepPartial: keepPartial)
        try output.show(answer, sentence: "task \(answer.taskID) is cancelled")
    }
}

/// `zfs-api task limit`.
struct TaskLimit: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "limit", abstract: "Change how fast a migration may be, also while it runs.")

    @Argument(help: "The task.", completion: NameCompletion.tasks)
    var task: String
    @Argument(help: "Megabytes a second; 0 is without limit.")
    var limit: Double
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.migrationUpdate(taskID: task, limit: limit)
        let words = answer.limit.map { "at most \(ByteSize.fixed($0, digits: 1)) MB/s" } ?? "as fast as it can be"
        try output.show(answer, sentence: "task \(answer.taskID) is \(words)")
    }
}
