import ArgumentParser
import ZFSAPIClient

/// `zfs-api snapshot rollback`.
struct SnapshotRollback: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Take a dataset back to a snapshot. Asks first.")

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Flag(name: [.customShort("r"), .customLong("destroy-newer")], help: "Destroy what is newer than the snapshot.")
    var destroyNewer = false
    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only tell what would be destroyed.")
    var dryRun = false
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if dryRun || !confirmation.yes {
            let plan = try await rollBack(client, dryRun: true)
            if dryRun { return try output.show(plan, lines: plan.destroyed) }
            let besides = plan.destroyed.isEmpty ? "" : " and destroy these \(plan.destroyed.count)"
            try confirmation.ask(
                "lose what was written to \(snapshot.dataset) since \(snapshot.snapshot)\(besides)",
                about: plan.destroyed)
        }
        let answer = try await rollBack(client, dryRun: false)
        try output.show(answer, sentence: "\(snapshot.dataset) is as it was at \(snapshot.snapshot)")
    }

    private func rollBack(_ client: Client, dryRun: Bool) async throws(ClientError) -> SnapshotRollbackResult {
        try await client.snapshotRollback(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, destroyNewer: destroyNewer, dryRun: dryRun)
    }
}
