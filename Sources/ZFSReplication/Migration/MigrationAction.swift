public import ZFSCommandBuilder

/// How a dataset gets a snapshot that the other side has.
public enum MigrationAction: Sendable, Hashable {
    /// All of it.
    case full
    /// The changes since something that both sides have.
    case incremental(from: SendRequest.Origin)
    /// The rest of a receive that broke off.
    case resume(ResumeToken)
    /// Nothing: it is there.
    case upToDate
}

/// Why a dataset cannot get a snapshot without harm to what is there.
public enum MigrationObstacle: Error, Sendable, Hashable {
    /// The source has no such snapshot.
    case snapshotNotFound(SnapshotName)
    /// Both have the snapshot `common`, but the destination has others since, the newest last.
    case diverged(DatasetName, common: SnapshotName, newer: [SnapshotName])
    /// The destination has snapshots, the newest last, and none of them is one of the source.
    case noCommonSnapshot(DatasetName, newest: SnapshotName)
    /// The destination has a newer snapshot of the source than the one that was asked for.
    case newerThere(SnapshotName)
    /// The destination has no snapshot, so that nobody knows whether what it holds is of use.
    case destinationExists(DatasetName)
    /// The destination holds a part of another snapshot.
    case foreignPart(DatasetName, guid: UInt64)

    /// Whether the destination holds something that the source does not have.
    var isOfOtherContents: Bool {
        switch self {
        case .diverged, .noCommonSnapshot, .destinationExists, .foreignPart: true
        case .snapshotNotFound, .newerThere: false
        }
    }
}

extension MigrationAction {
    /// The most snapshots that an obstacle names.
    private static let named = 20

    /// Decides by GUIDs what is to be done; names prove nothing.
    static func decide(
        source: DatasetHistory, snapshot: ComponentName, destination: DatasetHistory?
    ) throws -> MigrationAction {
        guard let wanted = source.snapshot(snapshot) else {
            throw MigrationObstacle.snapshotNotFound(try SnapshotName(source.dataset, snapshot))
        }
        guard let destination else { return .full }
        if destination.snapshots.contains(where: { $0.guid == wanted.guid }) { return .upToDate }
        if let token = destination.resumeToken { return .resume(token) }
        guard let newest = destination.newest else { throw MigrationObstacle.destinationExists(destination.dataset) }
        if let common = source.snapshots.last(where: { $0.guid == newest.guid }) {
            guard common.createtxg < wanted.createtxg else {
                throw MigrationObstacle.newerThere(try SnapshotName(destination.dataset, newest.name))
            }
            return .incremental(from: .snapshot(try SnapshotName(source.dataset, common.name)))
        }
        if let mark = source.bookmarks.last(where: { $0.guid == newest.guid && $0.createtxg < wanted.createtxg }) {
            return .incremental(from: .bookmark(try BookmarkName(source.dataset, mark.name)))
        }
        let known = Set(source.snapshots.map(\.guid))
        guard let index = destination.snapshots.lastIndex(where: { known.contains($0.guid) }) else {
            throw MigrationObstacle.noCommonSnapshot(
                destination.dataset, newest: try SnapshotName(destination.dataset, newest.name))
        }
        let newer = destination.snapshots[(index + 1)...].suffix(named)
        throw MigrationObstacle.diverged(
            destination.dataset, common: try SnapshotName(destination.dataset, destination.snapshots[index].name),
            newer: try newer.map { try SnapshotName(destination.dataset, $0.name) })
    }
}
