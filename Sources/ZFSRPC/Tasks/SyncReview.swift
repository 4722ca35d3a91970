internal import ZFSCommandBuilder
internal import ZFSReplication

/// Which marks of migrations are still of use, and why.
struct SyncReview {
    /// Why a mark stays.
    enum Reason: String, CaseIterable {
        /// A task that waits or runs goes by this tag.
        case task
        /// It is the last one of a migration between two datasets that the tasks know.
        case last
        /// It is the newest one on its dataset for its peer.
        case newest
        /// No task that is known made it: another daemon may need it.
        case unknown
    }

    /// Each mark, and why it stays; nil for one that nothing needs any more.
    let marks: [(mark: SyncMark, reason: Reason?)]

    /// - Parameters:
    ///   - marks: Oldest first in each dataset.
    ///   - unfinished: Tags of tasks that have not ended.
    ///   - last: The newest tag of each pair of datasets whose migration was completed.
    ///   - known: Tags of all tasks that have ended.
    init(_ marks: [SyncMark], unfinished: Set<String>, last: Set<String>, known: Set<String>) {
        struct Place: Hashable {
            let dataset: DatasetName
            let peer: String
        }
        var newest: [Place: UInt64] = [:]
        for mark in marks { newest[Place(dataset: mark.dataset, peer: mark.peer)] = mark.createtxg }
        self.marks = marks.map { mark in
            let reason: Reason? =
                if unfinished.contains(mark.tag) {
                    .task
                } else if last.contains(mark.tag) {
                    .last
                } else {
                    newest[Place(dataset: mark.dataset, peer: mark.peer)] == mark.createtxg ? .newest : nil
                }
            if reason == nil, !known.contains(mark.tag) { return (mark, .unknown) }
            return (mark, reason)
        }
    }

    /// For clients.
    static func json(of mark: SyncMark, _ reason: Reason?) -> JSONValue {
        let (kind, name) =
            switch mark.kind {
            case .hold(let snapshot): ("hold", snapshot.text)
            case .bookmark(let bookmark): ("bookmark", bookmark.text)
            }
        return .object([
            "kind": .string(kind), "name": .string(name), "tag": .string(mark.tag), "peer": .string(mark.peer),
            "time": .string(mark.time), "needed_for": reason.map { .string($0.rawValue) } ?? .null,
        ])
    }
}

extension Tasks {
    /// The marks on a dataset, or on all, and which of them are of use.
    func review(_ dataset: DatasetName?, isRecursive: Bool) async throws -> SyncReview {
        // The tasks first: one that is added meanwhile has the newest mark.
        var (unfinished, last, known) = (Set<String>(), [String: String](), Set<String>())
        do {
            for status in TaskRecord.Status.allCases {
                var cursor: Int64?
                repeat {
                    let page = try await store.tasks(ofUser: nil, status: status, after: cursor, limit: 1000)
                    for task in page.tasks {
                        guard let order = try? MigrationOrder(stored: task.request),
                            let tag = try? migrations.tag(of: order)
                        else { continue }
                        if !status.isFinal {
                            unfinished.insert(tag)
                        } else if task.node == store.node {
                            known.insert(tag)
                        }
                        if status == .completed {
                            let pair =
                                "\(task.node ?? "") \(order.source.host?.text ?? "") \(order.source.snapshot.dataset) "
                                + "\(order.remote?.text ?? "") \(order.destination)"
                            // The newest comes first.
                            if last[pair] == nil { last[pair] = tag }
                        }
                    }
                    cursor = page.next
                } while cursor != nil
            }
        } catch {
            throw RPCError.storeUnavailable
        }
        return SyncReview(
            try await migrations.marks(of: dataset, isRecursive: isRecursive), unfinished: unfinished,
            last: Set(last.values), known: known)
    }
}

extension Migrations {
    /// The tag of the marks of a migration; nil for one without.
    fileprivate func tag(of order: MigrationOrder) throws -> String? {
        try order.request(ssh).holdTag?.text
    }
}
