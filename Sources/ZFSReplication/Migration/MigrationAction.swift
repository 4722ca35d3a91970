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
    /// The destination's pool is not there.
    case poolNotFound(PoolName)
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
    /// The destination holds a part of a snapshot that the source does not have, or that is newer than what was asked for.
    case foreignPart(DatasetName, guid: UInt64)

    /// Whether the destination holds something that the source does not have.
    var isOfOtherContents: Bool {
        switch self {
        case .diverged, .noCommonSnapshot, .destinationExists, .foreignPart: true
        case .poolNotFound, .snapshotNotFound, .newerThere: false
        }
    }
}

/// What one stream brings.
struct MigrationRange: Sendable, Hashable {
    /// The newest snapshot in it.
    let last: DatasetHistory.Point
    /// How it is sent.
    let action: MigrationAction
    /// How many snapshots are in it.
    let snapshots: Int
}

extension DatasetHistory {
    /// Decides by GUIDs which streams give a destination a snapshot of this dataset; names prove nothing.
    ///
    /// A part of an older snapshot is finished first: what was moved is not moved again.
    /// - Parameters:
    ///   - snapshot: The snapshot that is asked for.
    ///   - destination: What is there; nil when there is nothing.
    ///   - part: The GUID of the snapshot that the resume token of the destination is about.
    ///   - withIntermediates: Whether the snapshots in between go too.
    /// - Throws: ``MigrationObstacle``.
    func ranges(
        upTo snapshot: ComponentName, to destination: DatasetHistory?, part: UInt64? = nil,
        withIntermediates: Bool = false
    ) throws -> [MigrationRange] {
        guard let wanted = self.snapshot(snapshot) else {
            throw MigrationObstacle.snapshotNotFound(try SnapshotName(dataset, snapshot))
        }
        guard let destination else { return try ranges(from: nil, upTo: wanted, withIntermediates) }
        if destination.snapshot(guid: wanted.guid) != nil {
            return [MigrationRange(last: wanted, action: .upToDate, snapshots: 0)]
        }
        if let token = destination.resumeToken {
            guard let part, let point = self.snapshot(guid: part), point.createtxg <= wanted.createtxg else {
                throw MigrationObstacle.foreignPart(destination.dataset, guid: part ?? 0)
            }
            let rest = MigrationRange(last: point, action: .resume(token), snapshots: 1)
            return point == wanted
                ? [rest] : [rest] + (try ranges(from: origin(point), upTo: wanted, withIntermediates))
        }
        guard let newest = destination.newest else { throw MigrationObstacle.destinationExists(destination.dataset) }
        if let common = self.snapshot(guid: newest.guid) {
            guard common.createtxg < wanted.createtxg else {
                throw MigrationObstacle.newerThere(try SnapshotName(destination.dataset, newest.name))
            }
            return try ranges(from: origin(common), upTo: wanted, withIntermediates)
        }
        if let mark = bookmarks.last(where: { $0.guid == newest.guid && $0.createtxg < wanted.createtxg }) {
            let origin = (SendRequest.Origin.bookmark(try BookmarkName(dataset, mark.name)), mark.createtxg)
            return try ranges(from: origin, upTo: wanted, withIntermediates)
        }
        let known = Set(snapshots.map(\.guid))
        guard let index = destination.snapshots.lastIndex(where: { known.contains($0.guid) }) else {
            throw MigrationObstacle.noCommonSnapshot(
                destination.dataset, newest: try SnapshotName(destination.dataset, newest.name))
        }
        throw MigrationObstacle.diverged(
            destination.dataset, common: try SnapshotName(destination.dataset, destination.snapshots[index].name),
            newer: try destination.snapshots[(index + 1)...].map { try SnapshotName(destination.dataset, $0.name) })
    }

    private func origin(_ point: Point) throws -> (SendRequest.Origin, createtxg: UInt64) {
        (.snapshot(try SnapshotName(dataset, point.name)), point.createtxg)
    }

    /// The streams from something that both have, or from nothing.
    private func ranges(
        from origin: (SendRequest.Origin, createtxg: UInt64)?, upTo wanted: Point, _ withIntermediates: Bool
    ) throws -> [MigrationRange] {
        let between = snapshots.filter {
            $0.createtxg > origin?.createtxg ?? 0 && $0.createtxg <= wanted.createtxg
        }
        let action = origin.map { MigrationAction.incremental(from: $0.0) } ?? .full
        guard withIntermediates, let first = between.first, first != wanted else {
            return [MigrationRange(last: wanted, action: action, snapshots: 1)]
        }
        // `zfs send -I` goes on from a snapshot alone (zfs-send(8)).
        if case .snapshot? = origin?.0 {
            return [MigrationRange(last: wanted, action: action, snapshots: between.count)]
        }
        return [
            MigrationRange(last: first, action: action, snapshots: 1),
            MigrationRange(
                last: wanted, action: .incremental(from: try self.origin(first).0), snapshots: between.count - 1),
        ]
    }
}
