import ArgumentParser
import ZFSAPIClient

/// `zfs-api snapshot destroy`.
struct SnapshotDestroy: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy", abstract: "Destroy a snapshot. Asks first.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Flag(name: .shortAndLong, help: "Also the snapshots of that name of everything below.")
    var recursive = false
    @Flag(
        name: [.customShort("d"), .customLong("defer")], help: "If it is held or cloned, as soon as it no longer is.")
    var isDeferred = false
    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only tell what would be destroyed.")
    var dryRun = false
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if dryRun || !confirmation.yes {
            let plan = try await destroy(client, dryRun: true)
            if dryRun { return try output.show(plan, lines: plan.destroyedSnapshots) }
            try confirmation.ask(
                Loss.question(
                    of: plan.destroyedSnapshots, reclaims: plan.reclaimedBytes, besides: snapshot.text, output),
                about: Loss.several(plan.destroyedSnapshots))
        }
        let answer = try await destroy(client, dryRun: false)
        let later = answer.deferredSnapshots ?? []
        try output.show(
            answer,
            sentence: later.isEmpty
                ? Loss.sentence(answer.destroyedSnapshots, answer.reclaimedBytes, output)
                : "destroyed as soon as it can be: \(later.joined(separator: ", "))")
    }

    private func destroy(_ client: Client, dryRun: Bool) async throws(ClientError) -> SnapshotDestroyResult {
        try await client.snapshotDestroy(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, recursive: recursive, defer: isDeferred,
            dryRun: dryRun)
    }
}
