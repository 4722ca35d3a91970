import ArgumentParser
import ZFSAPIClient

/// `zfs-api pool history`.
struct PoolHistory: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show the commands that changed a pool, the newest last.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @Flag(name: [.customShort("i"), .customLong("internal")], help: "Also the events of ZFS itself.")
    var isInternal = false
    @Flag(name: [.customShort("l"), .customLong("long")], help: "Also user, host and zone of each command.")
    var isLong = false
    @Option(help: "How many of the newest lines.")
    var limit: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.poolHistory(pool: pool, internal: isInternal, long: isLong, limit: limit)
        try output.show(answer, lines: answer.history)
        if answer.truncated { output.remark("there are older lines; pass a larger --limit") }
    }
}

/// `zfs-api pool iostat`.
struct PoolIostat: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "iostat", abstract: "Show how much a pool and its devices read and write.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @Flag(name: [.customShort("v"), .customLong("vdevs")], help: "Also each device.")
    var vdevs = false
    @Option(help: "Measure for so many seconds; without it since the pool was imported.")
    var seconds: Int?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.poolIostat(pool: pool, vdevs: vdevs, seconds: seconds)
        try output.show(answer) {
            Table(
                [
                    .text("NAME"), .number("ALLOC"), .number("FREE"), .number("READ/S"), .number("WRITE/S"),
                    .number("READ B/S"), .number("WRITE B/S"),
                ],
                answer.entries.map { entry in
                    [
                        entry.name, output.size(entry.allocated), output.size(entry.free),
                        entry.readOperations.map(String.init) ?? "-", entry.writeOperations.map(String.init) ?? "-",
                        output.size(entry.readBytes), output.size(entry.writeBytes),
                    ]
                })
        }
    }
}

/// `zfs-api pool events`.
struct PoolEvents: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Show the latest events of a pool that the kernel remembers.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.poolEvents(pool: pool)
        try output.show(answer) {
            Table([.text("TIME"), .text("CLASS")], answer.events.map { [$0.time, $0.class] })
        }
    }
}
