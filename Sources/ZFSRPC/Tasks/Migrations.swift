internal import AsyncZFSExecutor
internal import ZFSCommandBuilder
public import ZFSReplication

/// Does migrations for tasks.
public struct Migrations: Sendable {
    private let replication: Replication
    let ssh: SSHSettings

    /// Makes it.
    /// - Parameters:
    ///   - replication: Sends and receives.
    ///   - ssh: How other hosts are reached.
    public init(replication: Replication, ssh: SSHSettings) {
        self.replication = replication
        self.ssh = ssh
    }

    /// What a migration would do.
    func plan(_ order: MigrationOrder) async throws -> MigrationPlan {
        try await replication.plan(order.request(ssh))
    }

    /// How fast a task may be; 0 is without limit.
    func bytesPerSecond(of task: TaskRecord) -> UInt64 {
        (try? MigrationOrder(stored: task.request))?.bytesPerSecond ?? 0
    }

    /// Does what a task asks for, and gives its result.
    ///
    /// - Parameter note: Stores what the next try must know.
    func run(
        _ task: TaskRecord, _ running: RunningTask, note: @escaping @Sendable (MigrationOrder) async throws -> Void
    ) async throws -> JSONValue {
        let order = try MigrationOrder(stored: task.request)
        let request = try order.request(ssh)
        let start = ContinuousClock.now
        let receipt = try await replication.migrate(
            request, bytesPerSecond: { running.bytesPerSecond },
            observer: TaskObserver(task: running, order: order, note: note))
        return receipt.json(duration: start.duration(to: .now))
    }

    /// Takes away what a task has left that will not be gone on with.
    func giveUp(_ task: TaskRecord) async {
        guard let request = try? MigrationOrder(stored: task.request).request(ssh) else { return }
        await replication.giveUp(request)
    }

    /// Takes away what a task that has ended left unfinished at the destination.
    func dropPart(of task: TaskRecord) async throws {
        try await replication.dropPart(of: MigrationOrder(stored: task.request).request(ssh))
    }

    /// The marks of migrations on datasets of this host.
    func marks(of dataset: DatasetName?, isRecursive: Bool) async throws -> [SyncMark] {
        try await replication.marks(of: dataset, isRecursive: isRecursive)
    }

    /// Takes marks away.
    func remove(_ marks: [SyncMark]) async throws {
        try await replication.remove(marks)
    }
}

/// Notes what a migration tells.
private struct TaskObserver: MigrationObserver {
    let task: RunningTask
    let order: MigrationOrder
    let note: @Sendable (MigrationOrder) async throws -> Void

    func willRelease(_ tags: [String]) async throws {
        var order = order
        order.limit = task.bytesPerSecond == 0 ? nil : Double(task.bytesPerSecond) / 1_000_000
        order.releasing = tags
        try await note(order)
    }

    func didPlan(_ plan: MigrationPlan) async {
        task.plan(plan.json.encodedText, bytes: plan.bytes)
    }

    func willRun(_ step: MigrationPlan.Step, at index: Int, of plan: MigrationPlan, control: StreamControl) async {
        task.begin(control)
    }
}

extension MigrationPlan {
    /// For clients.
    var json: JSONValue {
        .object([
            "steps": .array(steps.map(\.json)), "skipped": .strings(skipped.map(\.text)),
            "rollbacks": .array(rollbacks.map(\.json)), "kept_as": aside.map { .string($0.text) } ?? .null,
            "size_bytes": .integer(bytes),
        ])
    }
}

extension MigrationPlan.Rollback {
    fileprivate var json: JSONValue {
        .object([
            "dataset": .string(dataset.text), "drops_part": .bool(dropsPart),
            "snapshot": snapshot.map { .string($0.text) } ?? .null, "destroys": .strings(destroys.map(\.text)),
        ])
    }
}

extension MigrationPlan.Step {
    fileprivate var json: JSONValue {
        let flags: JSONValue = .object([
            "raw": .bool(flags.raw), "compressed": .bool(flags.compressed), "large_blocks": .bool(flags.largeBlocks),
            "embedded": .bool(flags.embedded),
        ])
        return .object([
            "source": .string(source.text), "destination": .string(destination.text), "guid": .string(String(guid)),
            "action": .string(action.word), "from": action.origin.map { .string($0.text) } ?? .null,
            "snapshots": .integer(snapshots), "size_bytes": .integer(bytes), "flags": flags,
        ])
    }
}

extension MigrationReceipt {
    /// For clients.
    fileprivate func json(duration: Duration) -> JSONValue {
        .object([
            "bytes": .integer(bytes), "duration_seconds": .seconds(duration),
            "hold": holdTag.map { .string($0.text) } ?? .null, "released": .strings(released),
            "datasets": .array(entries.map(\.json)),
        ])
    }
}

extension MigrationReceipt.Entry {
    fileprivate var json: JSONValue {
        .object([
            "source": .string(source.text), "destination": .string(destination.text), "guid": .string(String(guid)),
            "source_createtxg": .integer(sourceTXG), "destination_createtxg": .integer(destinationTXG),
            "action": .string(action.word), "snapshots": .integer(snapshots), "bytes": .integer(bytes),
            "duration_seconds": .seconds(duration),
        ])
    }
}

extension MigrationAction {
    /// Its word in answers.
    var word: String {
        switch self {
        case .full: "full"
        case .incremental: "incremental"
        case .resume: "resume"
        case .upToDate: "up_to_date"
        }
    }

    /// What both sides have already.
    fileprivate var origin: SendRequest.Origin? {
        if case .incremental(let origin) = self { origin } else { nil }
    }
}
