internal import AsyncZFSExecutor
public import ZFSCommandBuilder

/// What a migration will do, before a byte moves.
public struct MigrationPlan: Sendable, Hashable {
    /// One dataset.
    public struct Step: Sendable, Hashable {
        /// The snapshot.
        public let source: SnapshotName
        /// Its GUID.
        public let guid: UInt64
        /// The dataset that gets it.
        public let destination: DatasetName
        /// How.
        public let action: MigrationAction
        /// The flags of the stream; those of a resumed one are in its token.
        public let flags: StreamFlags
        /// The estimated bytes of the stream.
        public let bytes: UInt64
    }

    /// Parents first.
    public let steps: [Step]
    /// Datasets below the source that have no snapshot of the name, and so stay as they are.
    public let skipped: [DatasetName]
    /// The name of what was at the destination, because the snapshot does not fit to it; nil when it does.
    public let aside: DatasetName?
    /// Whether the destination has that name already.
    let isMovedAside: Bool

    /// The estimated bytes of all streams.
    public var bytes: UInt64 { steps.reduce(0) { $0 &+ $1.bytes } }
}

extension Replication {
    /// Looks at both sides and decides what a migration must do.
    /// - Throws: ``MigrationObstacle``, `CommandFailed`, `ExecutionError`, `CancellationError`.
    public func plan(_ request: MigrationRequest) async throws -> MigrationPlan {
        let sources = try await histories(
            of: request.source.dataset, isRecursive: request.isRecursive, on: request.sourceHost)
        guard sources.first?.snapshot(request.source.component) != nil else {
            throw MigrationObstacle.snapshotNotFound(request.source)
        }
        let there = try await histories(
            of: request.destination, isRecursive: request.isRecursive, on: request.destinationHost)
        do {
            // An earlier try may have renamed it.
            var aside = request.aside
            if let name = aside, try await !exists(name, on: request.destinationHost) { aside = nil }
            return try await plan(request, from: sources, to: there, aside: aside, isMovedAside: aside != nil)
        } catch let obstacle as MigrationObstacle where obstacle.isOfOtherContents && request.canMoveAside {
            return try await plan(request, from: sources, to: [], aside: request.aside, isMovedAside: false)
        }
    }

    private func plan(
        _ request: MigrationRequest, from sources: [DatasetHistory], to there: [DatasetHistory], aside: DatasetName?,
        isMovedAside: Bool
    ) async throws -> MigrationPlan {
        var destinations: [DatasetName: DatasetHistory] = [:]
        for history in there { destinations[history.dataset] = history }
        var steps: [MigrationPlan.Step] = []
        var skipped: [DatasetName] = []
        for source in sources {
            guard let wanted = source.snapshot(request.source.component) else {
                skipped.append(source.dataset)
                continue
            }
            let destination = try request.destination(of: source.dataset)
            let action = try MigrationAction.decide(
                source: source, snapshot: request.source.component, destination: destinations[destination])
            let snapshot = try SnapshotName(source.dataset, request.source.component)
            var flags = source.traits.flags(for: SendRequest(snapshot))
            // A stream with embedded blocks cannot be received below an encrypted parent, and they save little.
            flags.embedded = false
            steps.append(
                MigrationPlan.Step(
                    source: snapshot, guid: wanted.guid, destination: destination, action: action, flags: flags,
                    bytes: try await bytes(of: action, snapshot, wanted.guid, flags, destination, request.sourceHost)))
        }
        return MigrationPlan(steps: steps, skipped: skipped, aside: aside, isMovedAside: isMovedAside)
    }

    private func bytes(
        of action: MigrationAction, _ snapshot: SnapshotName, _ guid: UInt64, _ flags: StreamFlags,
        _ destination: DatasetName, _ host: Host
    ) async throws -> UInt64 {
        switch action {
        case .upToDate: return 0
        case .resume(let token):
            let completion = try await runner.collect(Invocation(ZFS.SendResume(token, dryRun: true), on: host))
            let contents = try ResumeTokenContents(output: completion.output)
            guard contents.toGUID == guid else {
                throw MigrationObstacle.foreignPart(destination, guid: contents.toGUID)
            }
            let command = ZFS.SendResume(token, dryRun: true)
            try completion.termination.check(Invocation(command, on: host))
            return try command.decode(completion.output).bytes
        case .full, .incremental:
            let command = ZFS.Send(snapshot, for: action, flags, dryRun: true)
            return try await runner.run(command, on: host).bytes
        }
    }
}

extension ZFS.Send {
    /// The stream of one snapshot by a plan.
    init(
        _ snapshot: SnapshotName, for action: MigrationAction, _ flags: StreamFlags, properties: Bool = false,
        dryRun: Bool = false
    ) {
        var origin: SendSource?
        switch action {
        case .incremental(from: .snapshot(let name)): origin = .snapshot(name)
        case .incremental(from: .bookmark(let name)): origin = .bookmark(name)
        case .full, .resume, .upToDate: break
        }
        self.init(
            snapshot, from: origin, raw: flags.raw, compressed: flags.compressed, largeBlocks: flags.largeBlocks,
            embedded: flags.embedded, properties: properties, dryRun: dryRun)
    }
}
