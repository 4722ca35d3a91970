internal import AsyncZFSExecutor
public import ZFSCommandBuilder

/// A hold or a bookmark that a migration placed on a dataset of this host.
public struct SyncMark: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// A hold on this snapshot.
        case hold(SnapshotName)
        /// This bookmark.
        case bookmark(BookmarkName)
    }

    /// What it is.
    public let kind: Kind
    /// The tag of the hold, or the name of the bookmark.
    public let tag: String
    /// The transaction group of its snapshot: the order within the dataset.
    public let createtxg: UInt64

    /// The dataset.
    public var dataset: DatasetName {
        switch kind {
        case .hold(let snapshot): snapshot.dataset
        case .bookmark(let bookmark): bookmark.dataset
        }
    }

    /// The other host, as the maker of the mark calls it.
    public var peer: String { SyncPoint(tag).map { String($0.peer) } ?? "" }

    /// When its migration was asked for: `YYYY-MM-DD-HH-MM-SS`, in UTC.
    public var time: String { SyncPoint(tag).map { String($0.time) } ?? "" }
}

extension Replication {
    /// The marks of migrations on a dataset, or on all; oldest first in each dataset.
    /// - Throws: `CommandFailed`, `ExecutionError`, `CancellationError`.
    public func marks(of dataset: DatasetName?, isRecursive: Bool) async throws -> [SyncMark] {
        let list = ZFS.List(
            dataset.map { [.dataset($0)] } ?? [], types: [.snapshot, .bookmark],
            recursive: dataset != nil && isRecursive, depth: dataset != nil && !isRecursive ? 1 : nil,
            columns: [.name, .createtxg, .userrefs])
        var marks: [SyncMark] = []
        var held: [SnapshotName] = []
        var order: [SnapshotName: UInt64] = [:]
        try await runner.forEachRow(of: list) { row in
            let createtxg = UInt64(row[1]) ?? 0
            switch try DatasetReference(row[0]) {
            case .bookmark(let name) where SyncPoint(name.component.text) != nil:
                marks.append(SyncMark(kind: .bookmark(name), tag: name.component.text, createtxg: createtxg))
            case .snapshot(let name) where row[2] != "0" && row[2] != "-":
                held.append(name)
                order[name] = createtxg
            default: break
            }
        }
        // Names on one command line, of which the kernel takes 2 MiB.
        for start in stride(from: 0, to: held.count, by: 1000) {
            let some = Array(held[start..<min(start + 1000, held.count)])
            for entry in try await runner.run(ZFS.Holds(some)) where SyncPoint(entry.tag) != nil {
                let name = try SnapshotName(entry.snapshot)
                marks.append(SyncMark(kind: .hold(name), tag: entry.tag, createtxg: order[name] ?? 0))
            }
        }
        return marks.sorted { ($0.dataset.text, $0.createtxg, $0.tag) < ($1.dataset.text, $1.createtxg, $1.tag) }
    }

    /// Takes marks away, those of each tag and pool in one transaction.
    /// - Throws: `CommandFailed`, `ExecutionError`, `CancellationError`.
    public func remove(_ marks: [SyncMark]) async throws {
        var held: [String: [SnapshotName]] = [:]
        for mark in marks {
            switch mark.kind {
            case .hold(let snapshot): held[mark.tag, default: []].append(snapshot)
            case .bookmark(let name): try await runner.run(ZFS.DestroyBookmark(name))
            }
        }
        for (tag, snapshots) in held.sorted(by: { $0.key < $1.key }) {
            try await runner.run(ZFS.Release(snapshots, tag: HoldTag(tag)))
        }
    }
}
