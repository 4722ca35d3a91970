internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

/// What one side has of a dataset: its snapshots and bookmarks, and a receive that broke off.
struct DatasetHistory: Sendable {
    /// A snapshot or bookmark.
    struct Point: Sendable, Hashable {
        /// The short name.
        let name: ComponentName
        let guid: UInt64
        /// The transaction group in which it was made: the order of its pool.
        let createtxg: UInt64
    }

    let dataset: DatasetName
    /// Oldest first.
    var snapshots: [Point] = []
    /// Those of them that have holds.
    var held: [SnapshotName] = []
    /// Oldest first.
    var bookmarks: [Point] = []
    /// What a resumable receive left.
    var resumeToken: ResumeToken?
    var traits = StreamTraits()

    /// The newest snapshot.
    var newest: Point? { snapshots.last }

    /// The snapshot of a name.
    func snapshot(_ name: ComponentName) -> Point? { snapshots.last { $0.name == name } }

    /// The snapshot with this GUID, whatever its name.
    func snapshot(guid: UInt64) -> Point? { snapshots.last { $0.guid == guid } }
}

extension Replication {
    /// What a host has of a dataset, and of all below it when asked, parents first; empty when there is no such dataset.
    func histories(of dataset: DatasetName, isRecursive: Bool, on host: Host) async throws -> [DatasetHistory] {
        let list = ZFS.List(
            [.dataset(dataset)], types: [.filesystem, .volume, .snapshot, .bookmark], recursive: isRecursive,
            depth: isRecursive ? nil : 1,
            columns: [.name, .guid, .createtxg, .receiveResumeToken, .userrefs] + StreamTraits.properties)
        var found: [String: DatasetHistory] = [:]
        do {
            try await runner.forEachRow(of: list, on: host) { row in
                switch try DatasetReference(row[0]) {
                case .dataset(let name):
                    guard isRecursive || name == dataset else { return }
                    var history = found[name.text] ?? DatasetHistory(dataset: name)
                    history.resumeToken = row[3] == "-" ? nil : try ResumeToken(row[3])
                    for (property, value) in zip(StreamTraits.properties, row[5...]) {
                        history.traits.add(property.text, value)
                    }
                    found[name.text] = history
                case .snapshot(let name):
                    guard isRecursive || name.dataset == dataset else { return }
                    let point = try DatasetHistory.Point(name.component, row)
                    var history = found[name.dataset.text] ?? DatasetHistory(dataset: name.dataset)
                    history.snapshots.append(point)
                    if row[4] != "0", row[4] != "-" { history.held.append(name) }
                    found[name.dataset.text] = history
                case .bookmark(let name):
                    guard isRecursive || name.dataset == dataset else { return }
                    let point = try DatasetHistory.Point(name.component, row)
                    found[name.dataset.text, default: DatasetHistory(dataset: name.dataset)].bookmarks.append(point)
                }
            }
        } catch let error as CommandFailed where error.failure.reason == .datasetNotFound {
            return []
        }
        return found.values.map { history in
            var history = history
            history.snapshots.sort { $0.createtxg < $1.createtxg }
            history.bookmarks.sort { $0.createtxg < $1.createtxg }
            return history
        }.sorted { $0.dataset.text < $1.dataset.text }
    }
}

extension DatasetHistory.Point {
    fileprivate init(_ name: ComponentName, _ row: [String]) throws {
        guard let createtxg = UInt64(row[2]) else { throw OutputError(expected: "a createtxg", line: row[2].utf8) }
        self.init(name: name, guid: try GUID(row[1]).value, createtxg: createtxg)
    }
}
