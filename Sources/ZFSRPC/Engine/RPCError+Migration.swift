internal import ZFSCommandBuilder
internal import ZFSReplication

extension RPCError {
    /// What clients are told when a migration would do harm.
    init(_ obstacle: MigrationObstacle) {
        switch obstacle {
        case .poolNotFound(let pool):
            self.init(
                .notFound, "pool_not_found", "there is no pool \(pool) at the destination; zpool import brings one in")
        case .snapshotNotFound(let snapshot):
            self.init(.snapshotNotFound, "snapshot_not_found", "\(snapshot): there is no such snapshot")
        case .diverged(let dataset, let common, let newer):
            // There may be thousands.
            let names = newer.suffix(20).map(\.text)
            self.init(
                .conflict, "destination_diverged",
                "\(dataset) has snapshots that the source does not have, since \(common): "
                    + "\(names.suffix(3).joined(separator: ", ")); choose another destination, or let on_conflict "
                    + "keep it under another name or roll it back",
                details: .object(["common": .string(common.text), "newer": .strings(names)]))
        case .noCommonSnapshot(let dataset, let newest):
            self.init(
                .conflict, "no_common_snapshot",
                "\(dataset) has no snapshot of the source (its newest is \(newest)); choose another destination, or destroy "
                    + "this one",
                details: .object(["newest": .string(newest.text)]))
        case .newerThere(let snapshot):
            self.init(
                .conflict, "newer_there",
                "the destination has \(snapshot), which is newer than what was asked for; migrate a newer snapshot")
        case .destinationExists(let dataset):
            self.init(
                .conflict, "destination_exists",
                "\(dataset) exists and has no snapshot; choose another destination, or destroy this one")
        case .foreignPart(let dataset, let guid):
            self.init(
                .conflict, "resume_conflict",
                "\(dataset) holds a part of another snapshot (guid \(guid)); finish that, drop it with receive_abort "
                    + "there, or let on_conflict roll it back"
            )
        }
    }
}
