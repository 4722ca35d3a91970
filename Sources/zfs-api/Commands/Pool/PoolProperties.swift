import ArgumentParser
import ZFSAPIClient

/// `zfs-api pool get`.
struct PoolGet: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "get", abstract: "Show properties of a pool.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @Argument(help: "One property.")
    var property = "all"
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.poolGetProperties(pool: pool, property: property)
        try output.show(answer) { Table.properties(answer.properties, answer.sources) }
    }
}

/// `zfs-api pool set`.
struct PoolSet: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "set", abstract: "Set a property of a pool.")

    @Argument(help: "The pool.", completion: NameCompletion.pools)
    var pool: String
    @Argument(help: "The property and its value: name=value.")
    var assignment: Assignment
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.poolSetProperty(
            pool: pool, property: assignment.name, value: assignment.value)
        try output.show(answer, sentence: "\(answer.property) of \(answer.pool) is \(answer.value)")
    }
}

extension Table {
    /// Properties, where they come from, in the order of their names.
    static func properties(_ values: [String: String], _ sources: [String: String]) -> Table {
        Table(
            [.text("PROPERTY"), .text("VALUE"), .text("SOURCE")],
            values.sorted { $0.key < $1.key }.map { [$0.key, $0.value, sources[$0.key] ?? "-"] })
    }
}
