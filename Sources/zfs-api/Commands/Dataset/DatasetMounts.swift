import ArgumentParser
import ZFSAPIClient

/// `zfs-api dataset mount`.
struct DatasetMount: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "mount", abstract: "Mount a file system.")

    @Argument(help: "The file system.", completion: NameCompletion.datasets)
    var dataset: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetMount(dataset: dataset)
        let already = answer.alreadyMounted == true ? "was" : "is"
        try output.show(answer, sentence: "\(answer.dataset) \(already) mounted")
    }
}

/// `zfs-api dataset unmount`.
struct DatasetUnmount: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmount", abstract: "Unmount a file system and those below it that are mounted.")

    @Argument(help: "The file system.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(name: .shortAndLong, help: "Although it is in use.")
    var force = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetUnmount(dataset: dataset, force: force)
        try output.show(answer, sentence: "\(answer.dataset) is not mounted")
    }
}
