internal import AsyncZFSExecutor
public import ZFSCommandBuilder

/// What a migration will do, before a byte moves.
public struct MigrationPlan: Sendable, Hashable {
    /// One stream: a snapshot of a dataset, or a range of them.
    public struct Step: Sendable, Hashable {
        /// The snapshot; of a range the newest.
        public let source: SnapshotName
        /// Its GUID.
        public let guid: UInt64
        /// The dataset that gets it.
        public let destination: DatasetName
        /// How.
        public let action: MigrationAction
        /// How many snapshots the stream brings; those before the newest are all there are in between.
        public let snapshots: Int
        /// The flags of the stream; those of a resumed one are in its token.
        public let flags: StreamFlags
        /// The estimated bytes of the stream.
        public let bytes: UInt64
    }

    /// A dataset of the destination that goes back to an older state, because that was asked for.
    public struct Rollback: Sendable, Hashable {
        /// The dataset.
        public let dataset: DatasetName
        /// Whether a part of a snapshot is dropped which cannot be finished from the source.
        public let dropsPart: Bool
        /// The snapshot that it goes back to, so that what was changed since is lost; nil for none.
        public let snapshot: SnapshotName?
        /// The newer ones that are destroyed before, oldest first.
        public let destroys: [SnapshotName]
    }

    /// Parents first, and in each dataset the oldest first.
    public let steps: [Step]
    /// Datasets below the source that have no snapshot of the name, and so stay as they are.
    public let skipped: [DatasetName]
    /// What is rolled back before.
    public let rollbacks: [Rollback]
    /// The name of what was at the destination, because the snapshot does not fit to it; nil when it does.
    public let aside: DatasetName?
    /// Whether the destination has that name already.
    let isMovedAside: Bool

    /// The estimated bytes of all streams.
    public var bytes: UInt64 { steps.reduce(0) { $0 &+ $1.bytes } }
}

/// A part that a receive left, by its resume token.
struct ReceivedPart {
    /// The snapshot.
    let guid: UInt64
    /// How many bytes are left, or why they cannot be sent.
    let rest: Result<UInt64, any Error>
}

extension Replication {
    /// Looks at both sides and decides what a migration must do.
    /// - Throws: ``MigrationObstacle``, `CommandFailed`, `ExecutionError`, `CancellationError`.
    public func plan(_ request: MigrationRequest) async throws -> MigrationPlan {
        let (sources, there) = try await histories(of: request)
        guard sources.first?.snapshot(request.source.component) != nil else {
            throw MigrationObstacle.snapshotNotFound(request.source)
        }
        let pool = request.destination.pool
        if there.isEmpty, try await !exists(DatasetName(pool.text), on: request.destinationHost) {
            throw MigrationObstacle.poolNotFound(pool)
        }
        do {
            // An earlier try may have renamed it.
            var aside = request.aside
            if let name = aside, try await !exists(name, on: request.destinationHost) { aside = nil }
            return try await plan(request, from: sources, to: there, aside: aside, isMovedAside: aside != nil)
        } catch let obstacle as MigrationObstacle where obstacle.isOfOtherContents && request.canMoveAside {
            return try await plan(request, from: sources, to: [], aside: request.aside, isMovedAside: false)
        }
    }

    /// What both sides have.
    func histories(
        of request: MigrationRequest
    ) async throws -> (sources: [DatasetHistory], destinations: [DatasetHistory]) {
        async let sources = histories(
            of: request.source.dataset, isRecursive: request.isRecursive, on: request.sourceHost)
        async let destinations = histories(
            of: request.destination, isRecursive: request.isRecursive, on: request.destinationHost)
        return try await (sources, destinations)
    }

    private func plan(
        _ request: MigrationRequest, from sources: [DatasetHistory], to there: [DatasetHistory], aside: DatasetName?,
        isMovedAside: Bool
    ) async throws -> MigrationPlan {
        var destinations: [DatasetName: DatasetHistory] = [:]
        for history in there { destinations[history.dataset] = history }
        var steps: [MigrationPlan.Step] = []
        var skipped: [DatasetName] = []
        var rollbacks: [MigrationPlan.Rollback] = []
        for source in sources {
            guard source.snapshot(request.source.component) != nil else {
                skipped.append(source.dataset)
                continue
            }
            let destination = try request.destination(of: source.dataset)
            let there = destinations[destination]
            var part: ReceivedPart?
            if let token = there?.resumeToken { part = try await self.part(token, on: request.sourceHost) }
            let (ranges, rollback) = try ranges(of: source, to: there, part: part?.guid, request)
            if let rollback { rollbacks.append(rollback) }
            for range in ranges { steps.append(try await step(range, source, to: destination, part, request)) }
        }
        return MigrationPlan(
            steps: steps, skipped: skipped, rollbacks: rollbacks, aside: aside, isMovedAside: isMovedAside)
    }

    /// The streams for one dataset, and what must be rolled back for them.
    private func ranges(
        of source: DatasetHistory, to destination: DatasetHistory?, part: UInt64?, _ request: MigrationRequest
    ) throws -> ([MigrationRange], MigrationPlan.Rollback?) {
        let wanted = request.source.component
        func ranges(to destination: DatasetHistory?) throws -> [MigrationRange] {
            try source.ranges(
                upTo: wanted, to: destination, part: part, withIntermediates: request.hasIntermediates)
        }
        guard request.rollsBack, var fitting = destination else { return (try ranges(to: destination), nil) }
        var (dropsPart, newer) = (false, [SnapshotName]())
        do {
            do {
                _ = try ranges(to: fitting)
            } catch MigrationObstacle.foreignPart {
                dropsPart = true
                fitting.resumeToken = nil
                _ = try ranges(to: fitting)
            }
        } catch MigrationObstacle.diverged(_, _, let snapshots) {
            newer = snapshots
            fitting.snapshots.removeLast(snapshots.count)
        } catch MigrationObstacle.destinationExists where dropsPart {
            // It is nothing but that part.
            return (
                try ranges(to: nil),
                MigrationPlan.Rollback(dataset: fitting.dataset, dropsPart: true, snapshot: nil, destroys: [])
            )
        }
        let fit = try ranges(to: fitting)
        guard let newest = fitting.newest, case .incremental? = fit.first?.action else { return (fit, nil) }
        return (
            fit,
            MigrationPlan.Rollback(
                dataset: fitting.dataset, dropsPart: dropsPart,
                snapshot: try SnapshotName(fitting.dataset, newest.name), destroys: newer)
        )
    }

    /// What the source says of a part.
    func part(_ token: ResumeToken, on source: Host) async throws -> ReceivedPart {
        let command = ZFS.SendResume(token, dryRun: true)
        let invocation = Invocation(command, on: source)
        let told = try await runner.collect(invocation)
        let rest = Result {
            try told.termination.check(invocation)
            return try command.decode(told.output).bytes
        }
        // The contents are printed also when the source has not got the snapshot any more.
        guard let contents = try? ResumeTokenContents(output: told.output) else {
            _ = try rest.get()
            throw OutputError(expected: "the contents of a resume token", line: told.output)
        }
        return ReceivedPart(guid: contents.toGUID, rest: rest)
    }

    private func step(
        _ range: MigrationRange, _ source: DatasetHistory, to destination: DatasetName, _ part: ReceivedPart?,
        _ request: MigrationRequest
    ) async throws -> MigrationPlan.Step {
        let snapshot = try SnapshotName(source.dataset, range.last.name)
        var flags = source.traits.flags(for: SendRequest(snapshot))
        // A stream with embedded blocks cannot be received below an encrypted parent, and they save little.
        flags.embedded = false
        let bytes: UInt64 =
            switch range.action {
            case .upToDate: 0
            case .resume: try part?.rest.get() ?? 0
            case .full, .incremental:
                try await runner.run(
                    ZFS.Send(snapshot, for: range.action, range.snapshots, flags, dryRun: true), on: request.sourceHost
                ).bytes
            }
        return MigrationPlan.Step(
            source: snapshot, guid: range.last.guid, destination: destination, action: range.action,
            snapshots: range.snapshots, flags: flags, bytes: bytes)
    }
}

extension ZFS.Send {
    /// The stream of one step of a plan.
    init(
        _ snapshot: SnapshotName, for action: MigrationAction, _ snapshots: Int, _ flags: StreamFlags,
        properties: Bool = false, dryRun: Bool = false
    ) {
        var origin: SendSource?
        switch action {
        case .incremental(from: .snapshot(let name)): origin = snapshots > 1 ? .intermediates(name) : .snapshot(name)
        case .incremental(from: .bookmark(let name)): origin = .bookmark(name)
        case .full, .resume, .upToDate: break
        }
        self.init(
            snapshot, from: origin, raw: flags.raw, compressed: flags.compressed, largeBlocks: flags.largeBlocks,
            embedded: flags.embedded, properties: properties, dryRun: dryRun)
    }
}
