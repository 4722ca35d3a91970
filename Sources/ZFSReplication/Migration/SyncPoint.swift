internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder

/// The tag of the holds, and the name of the bookmarks, that mark what two sides have in common:
/// `sync_YYYY-MM-DD-HH-MM-SS_peer`, in UTC.
struct SyncPoint: Sendable, Hashable {
    private static let prefix = "sync_"
    private static let timeLength = 19

    let text: String
    /// The other host, as the maker of the mark calls it.
    let peer: Substring

    /// Reads a tag or name; nil when it is none of ours.
    init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let rest = text.dropFirst(Self.prefix.count)
        let time = rest.prefix(Self.timeLength)
        guard time.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }), time.count == Self.timeLength,
            rest.dropFirst(Self.timeLength).first == "_"
        else { return nil }
        self.text = text
        peer = rest.dropFirst(Self.timeLength + 1)
    }
}

extension Replication {
    /// Marks the snapshots of a migration on both sides, and gives up the marks of earlier ones between the same two.
    ///
    /// The new marks stand before an old one goes, so that there is always one that both have.
    /// - Returns: The marks that were given up.
    func mark(
        _ receipt: MigrationReceipt, of request: MigrationRequest, with tag: HoldTag
    ) async throws -> [String] {
        guard let point = SyncPoint(tag.text) else { return [] }
        let sources = receipt.entries.map(\.source)
        let destinations = receipt.entries.map(\.destination)
        try await hold(destinations, tag, on: request.destinationHost)
        for entry in receipt.entries { try await bookmark(entry, point, on: request.sourceHost) }
        var released = try await releaseEarlier(
            than: point, keeping: sources, below: request.source.dataset, request, on: request.sourceHost)
        released += try await releaseEarlier(
            than: point, keeping: destinations, below: request.destination, request, on: request.destinationHost)
        return released
    }

    /// Holds those of the snapshots that the tag does not hold yet, those of each pool in one transaction.
    func hold(_ snapshots: [SnapshotName], _ tag: HoldTag, on host: Host) async throws {
        guard !snapshots.isEmpty else { return }
        let held = try await runner.run(ZFS.Holds(snapshots), on: host)
        let names = Set(held.filter { $0.tag == tag.text }.map(\.snapshot))
        let rest = snapshots.filter { !names.contains($0.text) }
        if !rest.isEmpty { try await runner.run(ZFS.Hold(rest, tag: tag), on: host) }
    }

    /// Takes a hold from those of the snapshots that it holds.
    func release(_ snapshots: [SnapshotName], _ tag: HoldTag, on host: Host) async throws {
        guard !snapshots.isEmpty else { return }
        let held = try await runner.run(ZFS.Holds(snapshots), on: host).filter { $0.tag == tag.text }
        let names = try held.map { try SnapshotName($0.snapshot) }
        if !names.isEmpty { try await runner.run(ZFS.Release(names, tag: tag), on: host) }
    }

    /// A bookmark stays when the snapshot is destroyed, so that not all must be sent again.
    private func bookmark(_ entry: MigrationReceipt.Entry, _ point: SyncPoint, on host: Host) async throws {
        let dataset = entry.source.dataset
        let history = try await histories(of: dataset, isRecursive: false, on: host).first
        let marks = history?.bookmarks ?? []
        if !marks.contains(where: { $0.guid == entry.guid && SyncPoint($0.name.text)?.peer == point.peer }) {
            try await runner.run(
                ZFS.Bookmark(entry.source, as: BookmarkName(dataset, ComponentName(point.text))), on: host)
        }
        for mark in marks where mark.guid != entry.guid && SyncPoint(mark.name.text)?.peer == point.peer {
            try await runner.run(ZFS.DestroyBookmark(BookmarkName(dataset, mark.name)), on: host)
        }
    }

    private func releaseEarlier(
        than point: SyncPoint, keeping kept: [SnapshotName], below dataset: DatasetName, _ request: MigrationRequest,
        on host: Host
    ) async throws -> [String] {
        let kept = Set(kept)
        let datasets = Set(kept.map(\.dataset))
        let list = ZFS.List(
            [.dataset(dataset)], types: [.snapshot], recursive: request.isRecursive,
            depth: request.isRecursive ? nil : 1, columns: [.name, .userrefs])
        var held: [SnapshotName] = []
        try await runner.forEachRow(of: list, on: host) { row in
            guard row[1] != "0" else { return }
            let name = try SnapshotName(row[0])
            if datasets.contains(name.dataset), !kept.contains(name) { held.append(name) }
        }
        guard !held.isEmpty else { return [] }
        var released: [String] = []
        let holds = try await runner.run(ZFS.Holds(held), on: host)
        for (tag, entries) in Dictionary(grouping: holds, by: \.tag) where SyncPoint(tag)?.peer == point.peer {
            let names = try entries.map { try SnapshotName($0.snapshot) }
            try await runner.run(ZFS.Release(names, tag: HoldTag(tag)), on: host)
            released += names.map { "\($0) \(tag)" }
        }
        return released.sorted()
    }
}
