public import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Replication {
    /// Receives.
    /// - Parameters: As those of ``Replicator/receive(_:from:control:onStart:)``.
    /// - Throws: As ``Replicator/receive(_:from:control:onStart:)``, and `ReplicationError.receiveRuns`.
    public func receive(
        _ request: ReceiveRequest,
        from source: StreamSource,
        control: StreamControl,
        onStart: @Sendable ([String]) async throws -> Void
    ) async throws -> ReceiveOutcome {
        try await places.hold(request.dataset) {
            let start = ContinuousClock.now
            let before = try await destination(request.dataset)
            var command = ZFS.Receive(
                .dataset(request.dataset), resumable: request.resumable, unmounted: request.isConfined || !mayMount,
                force: request.force)
            var source = source
            var isAnnounced = false
            if request.isConfined {
                var kind = before.kind
                if kind == nil {
                    // The client sends nothing before it is told to, and what it sends tells the kind.
                    command.confine(as: .filesystem)
                    try await onStart(command.arguments)
                    isAnnounced = true
                    let head: StreamHead?
                    (head, source) = try await StreamHead.read(from: source)
                    kind = head?.kind
                }
                command.confine(as: kind ?? .filesystem)
            }
            let invocation = Invocation(command)
            let result = try await runner.run(
                StreamPipeline([.command(invocation)], from: source), control: control
            ) { [isAnnounced] _ in
                if !isAnnounced { try await onStart(invocation.arguments) }
            }
            do {
                try result.check(invocation)
            } catch let error as CommandFailed {
                guard request.resumable, error.failure.reason.canLeavePart else { throw error }
                guard let state = try? await part(of: request.dataset) else { throw error }
                throw ReplicationError.interrupted(error.failure, state)
            }
            let snapshots = try await snapshots(of: request.dataset, after: before.createtxg)
            if snapshots.isEmpty { throw ReplicationError.nothingReceived(request.dataset) }
            return ReceiveOutcome(bytes: control.bytes, duration: start.duration(to: .now), snapshots: snapshots)
        }
    }

    /// What is at the destination.
    ///
    /// The kind is nil when there is no dataset. The transaction group is that of the newest thing below it: whatever is
    /// received is made in a later one.
    private func destination(_ dataset: DatasetName) async throws -> (kind: DatasetKind?, createtxg: UInt64) {
        let list = ZFS.List(
            [.dataset(dataset)], types: [.filesystem, .volume, .snapshot], recursive: true,
            columns: [.name, .type, .createtxg])
        var kind: DatasetKind?
        var newest: UInt64 = 0
        do {
            try await runner.forEachRow(of: list) { row in
                if row[0] == dataset.text { kind = DatasetKind(rawValue: row[1]) }
                newest = max(newest, UInt64(row[2]) ?? 0)
            }
        } catch let error as CommandFailed where error.failure.reason == .datasetNotFound {
            return (nil, 0)
        }
        return (kind, newest)
    }

    /// The most snapshots that an outcome names: a `-R` stream may bring any number.
    private static var snapshotLimit: Int { 10_000 }

    /// The snapshots of a dataset, and of all below it, that were made after a transaction group, oldest first.
    private func snapshots(of dataset: DatasetName, after createtxg: UInt64) async throws -> [SnapshotName] {
        let list = ZFS.List(
            [.dataset(dataset)], types: [.snapshot], recursive: true, columns: [.name, .createtxg],
            sort: [SortKey(.createtxg), SortKey(.name)])
        var names: [SnapshotName] = []
        try await runner.forEachRow(of: list) { row in
            guard let made = UInt64(row[1]), made > createtxg, names.count < Self.snapshotLimit else { return }
            names.append(try SnapshotName(row[0]))
        }
        return names
    }

    /// What a resumable receive left in a dataset, or else in one below it; nil for nothing.
    private func part(of dataset: DatasetName) async throws -> ResumeState? {
        let get = ZFS.Get(
            [.dataset(dataset)], properties: .named([.receiveResumeToken]), columns: [.name, .value],
            types: [.filesystem, .volume], recursive: true)
        var found: String?
        try await runner.forEachRow(of: get) { row in
            if row[1] != "-", found == nil || row[0] == dataset.text { found = row[1] }
        }
        guard let found else { return nil }
        let token = try ResumeToken(found)
        return ResumeState(token, try await decode(token).contents)
    }
}

extension FailureReason {
    /// Whether a resumable receive that failed so may have left a part of its own, rather than found one.
    fileprivate var canLeavePart: Bool {
        switch self {
        case .resumeConflict, .busy, .destinationExists, .permissionDenied: false
        default: true
        }
    }
}
