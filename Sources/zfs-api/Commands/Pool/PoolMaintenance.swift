import ArgumentParser
import ZFSAPIClient

/// `zfs-api pool scrub`.
struct PoolScrub: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrub", abstract: "Start a scrub, go on with one that is paused, or stop or pause one.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @Flag(help: "Stop it.")
    var stop = false
    @Flag(help: "Pause it.")
    var pause = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func validate() throws {
        if stop, pause { throw ValidationError("give one of --stop and --pause") }
    }

    func perform(_ client: Client, _ output: Output) async throws {
        if stop {
            try output.show(try await client.poolScrubStop(pool: pool), sentence: "the scrub of \(pool) is stopped")
        } else if pause {
            try output.show(try await client.poolScrubPause(pool: pool), sentence: "the scrub of \(pool) is paused")
        } else {
            try output.show(try await client.poolScrubStart(pool: pool), sentence: "a scrub of \(pool) runs")
        }
    }
}

/// `zfs-api pool trim`.
struct PoolTrim: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "trim", abstract: "Start a trim of all devices, or stop one.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @Flag(help: "Stop it.")
    var stop = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if stop {
            try output.show(try await client.poolTrimStop(pool: pool), sentence: "the trim of \(pool) is stopped")
        } else {
            try output.show(try await client.poolTrimStart(pool: pool), sentence: "a trim of \(pool) runs")
        }
    }
}
