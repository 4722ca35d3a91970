import ArgumentParser
import ZFSAPIClient

/// `zfs-api pool`.
struct PoolCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool", abstract: "Pools: state, properties, scrub, trim, traffic.",
        subcommands: [
            PoolList.self, PoolStatus.self, PoolGet.self, PoolSet.self, PoolScrub.self, PoolTrim.self,
            PoolHistory.self, PoolIostat.self, PoolEvents.self,
        ])
}

/// `zfs-api pool list`.
struct PoolList: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the imported pools.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.poolList()
        try output.show(answer) {
            Table(
                [
                    .text("NAME"), .text("HEALTH"), .number("SIZE"), .number("ALLOC"), .number("FREE"), .number("CAP"),
                    .number("FRAG"),
                ],
                answer.entries.map { pool in
                    [
                        pool.name, pool.health, output.size(pool.size), output.size(pool.allocated),
                        output.size(pool.free), pool.capacity.map { "\($0)%" } ?? "-",
                        pool.fragmentation.map { "\($0)%" } ?? "-",
                    ]
                })
        }
    }
}

/// `zfs-api pool status`.
struct PoolStatus: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the state of a pool, its devices and its errors.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.poolStatus(pool: pool)
        try output.show(answer, lines: [answer.status.trimmingLineEnds])
    }
}

extension String {
    /// The text without line ends at its end.
    var trimmingLineEnds: String {
        var text = self[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
