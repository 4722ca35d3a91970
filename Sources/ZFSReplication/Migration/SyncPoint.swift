internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder

/// The tag of the holds, and the name of the bookmarks, that mark what two sides have in common:
/// `sync_YYYY-MM-DD-HH-MM-SS_peer`, in UTC.
struct SyncPoint: Sendable, Hashable {
    private static let prefix = "sync_"
    private static let timeLength = 19

    let text: String
    /// `YYYY-MM-DD-HH-MM-SS`.
    let time: Substring
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
        self.time = time
        peer = rest.dropFirst(Self.timeLength + 1)
    }
}

extension Replication {
    /// Marks the snapshots of a migration on both sides, and gives up the marks of earlier ones between the same two.
    ///
    /// The new marks stand before an old one goes, so that there is always one that both have. A mark goes only when both
    /// sides have it: one of the same peer may be for another dataset.
    /// - Returns: The marks that were given up.
    func mark(
        _ receipt: MigrationReceipt, by sources: [DatasetHistory], _ destinations: [DatasetHistory],
        of request: MigrationRequest, with tag: HoldTag, _ observer: some MigrationObserver
    ) async throws -> [String] {
        guard let point = SyncPoint(tag.text) else { return [] }
        let entries = receipt.entries.filter { $0.source.component == request.source.component }
        let sources = sources.filter { history in entries.contains { $0.source.dataset == history.dataset } }
        let destinations = destinations.filter { history in
            entries.contains { $0.destination.dataset == history.dataset }
        }
        var here = try await marked(like: point, sources, on: request.sourceHost)
        var there = try await marked(like: point, destinations, on: request.destinationHost)
        // Somebody may have released those of the source meanwhile.
        for (snapshots, host, held) in [
            (entries.map(\.source), request.sourceHost, here.removeValue(forKey: tag.text)),
            (entries.map(\.destination), request.destinationHost, there.removeValue(forKey: tag.text)),
        ] {
            try await hold(snapshots.filter { held?.contains($0) != true }, tag, on: host)
        }
        var marks: [BookmarkName] = []
        for history in sources {
            let snapshot = try SnapshotName(history.dataset, request.source.component)
            marks += try await bookmark(snapshot, of: history, point, on: request.sourceHost)
        }
        let known = Set(here.keys).union(marks.map(\.component.text)).intersection(there.keys).union(request.releasing)
        if !known.isEmpty { try await observer.willRelease(known.sorted()) }
        for mark in marks where known.contains(mark.component.text) {
            try await runner.run(ZFS.DestroyBookmark(mark), on: request.sourceHost)
        }
        var released: [String] = []
        for (held, host) in [(here, request.sourceHost), (there, request.destinationHost)] {
            for (tag, snapshots) in held where known.contains(tag) {
                try await release(snapshots, HoldTag(tag), on: host)
                released += snapshots.map { "\($0) \(tag)" }
            }
        }
        return released.sorted()
    }

    /// Holds those of the snapshots that the tag does not hold yet, those of each pool in one transaction.
    func hold(_ snapshots: [SnapshotName], _ tag: HoldTag, on host: Host) async throws {
        guard !snapshots.isEmpty else { return }
        do {
            try await runner.run(ZFS.Hold(snapshots, tag: tag), on: host)
        } catch let error as CommandFailed where error.failure.reason == .tagExists {
            // An earlier try held some of them.
            let held = Set(try await holders(of: snapshots, tag, on: host))
            let rest = snapshots.filter { !held.contains($0) }
            if !rest.isEmpty { try await runner.run(ZFS.Hold(rest, tag: tag), on: host) }
        }
    }

    /// Takes a hold from those of the snapshots that it holds.
    func release(_ snapshots: [SnapshotName], _ tag: HoldTag, on host: Host) async throws {
        guard !snapshots.isEmpty else { return }
        do {
            try await runner.run(ZFS.Release(snapshots, tag: tag), on: host)
        } catch let error as CommandFailed where error.failure.reason == .tagNotFound {
            // Somebody released some of them.
            let held = try await holders(of: snapshots, tag, on: host)
            if !held.isEmpty { try await runner.run(ZFS.Release(held, tag: tag), on: host) }
        }
    }

    /// Those of the snapshots that have a hold of the tag.
    func holders(of snapshots: [SnapshotName], _ tag: HoldTag, on host: Host) async throws -> [SnapshotName] {
        try await runner.run(ZFS.Holds(snapshots), on: host).filter { $0.tag == tag.text }
            .map { try SnapshotName($0.snapshot) }
    }

    /// A bookmark stays when the snapshot is destroyed, so that not all must be sent again.
    /// - Returns: Earlier bookmarks of the same peer.
    private func bookmark(
        _ snapshot: SnapshotName, of history: DatasetHistory, _ point: SyncPoint, on host: Host
    ) async throws -> [BookmarkName] {
        let name = try ComponentName(point.text)
        if !history.bookmarks.contains(where: { $0.name == name }) {
            try await runner.run(ZFS.Bookmark(snapshot, as: BookmarkName(snapshot.dataset, name)), on: host)
        }
        return try history.bookmarks.filter { $0.name != name && SyncPoint($0.name.text)?.peer == point.peer }
            .map { try BookmarkName(snapshot.dataset, $0.name) }
    }

    /// The snapshots that are held by tags of the same peer, by tag.
    private func marked(
        like point: SyncPoint, _ histories: [DatasetHistory], on host: Host
    ) async throws -> [String: [SnapshotName]] {
        let held = histories.flatMap(\.held)
        guard !held.isEmpty else { return [:] }
        var found: [String: [SnapshotName]] = [:]
        for entry in try await runner.run(ZFS.Holds(held), on: host)
        where SyncPoint(entry.tag)?.peer == point.peer {
            found[entry.tag, default: []].append(try SnapshotName(entry.snapshot))
        }
        return found
    }
}
