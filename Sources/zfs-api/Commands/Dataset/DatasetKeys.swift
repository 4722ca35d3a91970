import ArgumentParser
import ZFSAPIClient

/// `zfs-api dataset load-key`.
struct DatasetLoadKey: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "load-key", abstract: "Load the encryption key of a dataset.",
        discussion: "The key is asked for, or read as a line of standard input, unless keylocation tells where it is.")

    @Argument(help: "The encryption root.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(name: .shortAndLong, help: "Also for encryption roots below.")
    var recursive = false
    @Flag(help: "Take the key from where keylocation says.")
    var keylocation = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let key = keylocation ? nil : try SecretPrompt.read("Key of \(dataset): ")
        let answer = try await client.datasetLoadKey(dataset: dataset, key: key, recursive: recursive)
        try output.show(answer, sentence: "the key of \(answer.dataset) is \(answer.keystatus)")
    }
}

/// `zfs-api dataset unload-key`.
struct DatasetUnloadKey: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "unload-key", abstract: "Unload the encryption key of a dataset, which must not be mounted.")

    @Argument(help: "The encryption root.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(name: .shortAndLong, help: "Also for encryption roots below.")
    var recursive = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetUnloadKey(dataset: dataset, recursive: recursive)
        try output.show(answer, sentence: "the key of \(answer.dataset) is \(answer.keystatus)")
    }
}

/// `zfs-api dataset change-key`.
struct DatasetChangeKey: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "change-key", abstract: "Change the key that wraps the encryption key of a dataset.",
        discussion:
            "The new key is asked for, or read as a line of standard input, unless keylocation tells where it is.")

    @Argument(help: "The encryption root; its key is loaded.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(help: "Take the key from where keylocation says.")
    var keylocation = false
    @OptionGroup var properties: PropertyList
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let key = keylocation ? nil : try SecretPrompt.readNew("New key of \(dataset): ")
        let answer = try await client.datasetChangeKey(dataset: dataset, key: key, properties: properties.values)
        try output.show(answer, sentence: "the key of \(answer.dataset) is changed")
    }
}
