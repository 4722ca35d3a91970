import ArgumentParser
import ZFSAPIClient

/// `zfs-api dataset destroy`.
struct DatasetDestroy: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy", abstract: "Destroy a file system or volume. Asks first.")

    @Argument(help: "The file system or volume.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(name: .shortAndLong, help: "Also everything below it, snapshots included.")
    var recursive = false
    @Flag(
        name: [.customShort("R"), .customLong("dependents")], help: "Also clones of its snapshots, wherever they are.")
    var dependents = false
    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only tell what would be destroyed.")
    var dryRun = false
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if dryRun || !confirmation.yes {
            let plan = try await destroy(client, dryRun: true)
            if dryRun { return try output.show(plan, lines: plan.destroyedDatasets) }
            try confirmation.ask(
                Loss.question(of: plan.destroyedDatasets, reclaims: plan.reclaimedBytes, besides: dataset, output),
                about: Loss.several(plan.destroyedDatasets))
        }
        let answer = try await destroy(client, dryRun: false)
        try output.show(answer, sentence: Loss.sentence(answer.destroyedDatasets, answer.reclaimedBytes, output))
    }

    private func destroy(_ client: Client, dryRun: Bool) async throws(ClientError) -> DatasetDestroyResult {
        try await client.datasetDestroy(
            dataset: dataset, recursive: recursive, dependents: dependents, dryRun: dryRun)
    }
}
