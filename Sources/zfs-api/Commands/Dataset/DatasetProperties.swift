import ArgumentParser
import ZFSAPIClient

/// `zfs-api dataset get`.
struct DatasetGet: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Show properties of a dataset, snapshot or bookmark.")

    @Argument(help: "The dataset, snapshot or bookmark.", completion: NameCompletion.datasets)
    var dataset: String
    @Argument(help: "One property.")
    var property = "all"
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetGetProperties(dataset: dataset, property: property)
        if let value = answer.value, output.quiet { return try output.show(answer, lines: [value]) }
        try output.show(answer) { Table.properties(answer.properties, answer.sources) }
    }
}

/// `zfs-api dataset set`.
struct DatasetSet: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set a property of a dataset or snapshot.")

    @Argument(help: "The dataset or snapshot.", completion: NameCompletion.datasets)
    var dataset: String
    @Argument(help: "The property and its value: name=value.")
    var assignment: Assignment
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetSetProperty(
            dataset: dataset, property: assignment.name, value: assignment.value)
        try output.show(answer, sentence: "\(answer.property) of \(answer.dataset) is \(answer.value)")
    }
}

/// `zfs-api dataset inherit`.
struct DatasetInherit: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "inherit", abstract: "Clear a property, so that it is inherited or has its default again.")

    @Argument(help: "The dataset or snapshot.", completion: NameCompletion.datasets)
    var dataset: String
    @Argument(help: "The property.")
    var property: String
    @Flag(name: .shortAndLong, help: "Also on everything below.")
    var recursive = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.datasetInheritProperty(
            dataset: dataset, property: property, recursive: recursive)
        try output.show(answer, sentence: "\(answer.property) of \(answer.dataset) is inherited")
    }
}
