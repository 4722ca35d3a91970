import ArgumentParser
import ZFSAPIClient

/// `zfs-api dataset create`.
struct DatasetCreate: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a file system.",
        discussion: "With --key the encryption key is asked for, or read as a line of standard input.")

    @Argument(help: "The new file system.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(name: .shortAndLong, help: "Also create missing file systems above it.")
    var parents = false
    @Flag(help: "Give an encryption key; -o keyformat=passphrase -o encryption=on go with it.")
    var key = false
    @OptionGroup var properties: PropertyList
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let secret = key ? try SecretPrompt.readNew("Key: ") : nil
        let answer = try await client.datasetCreate(
            dataset: dataset, properties: properties.values, parents: parents, key: secret)
        try output.show(answer, sentence: "created \(answer.dataset)")
    }
}
