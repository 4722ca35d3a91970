internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Replication {
    /// Gives a destination the snapshot of a source.
    ///
    /// It is decided anew what to do, by what both sides have: after a crash, the same request goes on where the last one
    /// broke off. Nothing at the destination is destroyed or rolled back; what the snapshot does not fit to gets another name, if
    /// the request has one for it.
    /// - Parameters:
    ///   - request: What goes where.
    ///   - bytesPerSecond: How fast, asked as each step begins; 0 is without limit.
    ///   - observer: Is told of the plan, and of each step.
    /// - Returns: What was done, checked at the destination.
    /// - Throws: ``MigrationObstacle``, `ReplicationError`, `CommandFailed`, `ExecutionError`, `StreamError`,
    ///   `CancellationError`, and what the observer throws; all processes are gone then, those at the other end of an ssh
    ///   connection as soon as they notice its end.
    public func migrate(
        _ request: MigrationRequest, bytesPerSecond: @Sendable () -> UInt64 = { 0 }, observer: some MigrationObserver
    ) async throws -> MigrationReceipt {
        let plan = try await plan(request)
        try await observer.didPlan(plan)
        // Held before it is sent, so that nobody destroys it meanwhile.
        if let tag = request.holdTag {
            let wanted = Set(plan.steps.map(\.source).filter { $0.component == request.source.component })
            try await hold(wanted.sorted { $0.text < $1.text }, tag, on: request.sourceHost)
        }
        for rollback in plan.rollbacks { try await rollBack(rollback, on: request.destinationHost) }
        if let aside = plan.aside, !plan.isMovedAside { try await rename(request.destination, to: aside, request) }
        try await makeParent(of: request.destination, on: request.destinationHost, for: plan)
        var moved: [(bytes: UInt64, duration: Duration)] = []
        for index in plan.steps.indices {
            moved.append(try await carryOut(index, of: plan, request, bytesPerSecond, observer))
        }
        let found = try await histories(of: request)
        var receipt = MigrationReceipt()
        for (step, (bytes, duration)) in zip(plan.steps, moved) {
            receipt.entries.append(
                try verified(step, by: found.sources, found.destinations, bytes: bytes, duration: duration))
        }
        if let tag = request.holdTag {
            receipt.released = try await mark(
                receipt, by: found.sources, found.destinations, of: request, with: tag, observer)
            receipt.holdTag = tag
        }
        return receipt
    }

    /// Takes the holds away that a migration placed which will not be gone on with.
    ///
    /// They stay once the destination is held too, for then both have a point in common; and when a side cannot be asked.
    public func giveUp(_ request: MigrationRequest) async {
        guard let tag = request.holdTag else { return }
        // Also when the task is cancelled.
        await Task {
            do {
                let there = try await snapshots(of: request, in: request.destination, on: request.destinationHost)
                if !there.isEmpty, try await !holders(of: there, tag, on: request.destinationHost).isEmpty { return }
                let here = try await snapshots(of: request, in: request.source.dataset, on: request.sourceHost)
                try await release(here, tag, on: request.sourceHost)
            } catch {
                // A later migration between the same two finds them.
            }
        }.value
    }

    /// Takes away what a broken receive of the very snapshots of the request left at the destination, and nothing else.
    public func dropPart(of request: MigrationRequest) async throws {
        let there = try await histories(
            of: request.destination, isRecursive: request.isRecursive, on: request.destinationHost)
        let sources = try await histories(
            of: request.source.dataset, isRecursive: request.isRecursive, on: request.sourceHost)
        for source in sources {
            let name = try request.destination(of: source.dataset)
            guard let wanted = source.snapshot(request.source.component),
                let token = there.first(where: { $0.dataset == name })?.resumeToken
            else { continue }
            guard try await part(token, on: request.sourceHost).guid == wanted.guid else { continue }
            try await runner.run(ZFS.AbortReceive(name), on: request.destinationHost)
        }
    }

    /// Destroys the snapshots that the plan names, and then what was changed since the one before them.
    ///
    /// Without `-r`, so that a snapshot which somebody has made meanwhile ends it.
    private func rollBack(_ rollback: MigrationPlan.Rollback, on host: Host) async throws {
        let dataset = rollback.dataset
        func rollBack() async throws {
            if rollback.dropsPart { try await runner.run(ZFS.AbortReceive(dataset), on: host) }
            if !rollback.destroys.isEmpty {
                let names = rollback.destroys.map(\.component)
                _ = try await runner.run(ZFS.DestroySnapshots(dataset, names), on: host)
            }
            if let snapshot = rollback.snapshot { try await runner.run(ZFS.Rollback(snapshot), on: host) }
        }
        if host == .local {
            try await places.hold(dataset) { try await rollBack() }
        } else {
            try await rollBack()
        }
    }

    /// Gives a destination another name while nobody receives into it.
    private func rename(_ dataset: DatasetName, to aside: DatasetName, _ request: MigrationRequest) async throws {
        if request.destinationHost == .local {
            try await places.hold(dataset) { try await runner.run(ZFS.Rename(dataset, to: aside)) }
        } else {
            try await runner.run(ZFS.Rename(dataset, to: aside), on: request.destinationHost)
        }
    }

    func exists(_ dataset: DatasetName, on host: Host) async throws -> Bool {
        do {
            _ = try await runner.run(ZFS.GetValue(.dataset(dataset), .type), on: host)
            return true
        } catch let error as CommandFailed where error.failure.reason == .datasetNotFound {
            return false
        }
    }

    /// The snapshots of the name that was asked for.
    private func snapshots(of request: MigrationRequest, in dataset: DatasetName, on host: Host) async throws
        -> [SnapshotName]
    {
        try await histories(of: dataset, isRecursive: request.isRecursive, on: host).compactMap { history in
            try history.snapshot(request.source.component).map { try SnapshotName(history.dataset, $0.name) }
        }
    }

    private func carryOut(
        _ index: Int, of plan: MigrationPlan, _ request: MigrationRequest, _ bytesPerSecond: @Sendable () -> UInt64,
        _ observer: some MigrationObserver
    ) async throws -> (bytes: UInt64, duration: Duration) {
        try Task.checkCancellation()
        let step = plan.steps[index]
        let start = ContinuousClock.now
        let control = StreamControl(bytesPerSecond: bytesPerSecond())
        try await observer.willRun(step, at: index, of: plan, control: control)
        if step.action != .upToDate {
            if request.destinationHost == .local {
                try await places.hold(step.destination) { try await run(step, request, control) }
            } else {
                try await run(step, request, control)
            }
        }
        return (control.bytes, start.duration(to: .now))
    }

    private func run(_ step: MigrationPlan.Step, _ request: MigrationRequest, _ control: StreamControl) async throws {
        let filters = try await filters(of: step, request)
        var send: Invocation
        if case .resume(let token) = step.action {
            send = Invocation(ZFS.SendResume(token), on: request.sourceHost.unshared)
        } else {
            send = Invocation(
                ZFS.Send(step.source, for: step.action, step.snapshots, step.flags, properties: request.hasProperties),
                on: request.sourceHost.unshared)
        }
        var receive = Invocation(
            ZFS.Receive(
                .dataset(step.destination), resumable: true, unmounted: true, properties: request.properties),
            on: request.destinationHost.unshared)
        // Here the programs are joined by pipes of ours, there by a shell. What is counted in between is the stream itself, before
        // it is compressed or once it is not any more.
        var (senders, receivers) = ([StreamStage.command(send)], [StreamStage]())
        if request.sourceHost == .local {
            receivers += filters.compressing.map(StreamStage.init)
        } else {
            send.outputFilters = filters.compressing
            senders[0] = .command(send)
        }
        if request.destinationHost == .local {
            senders += filters.decompressing.map(StreamStage.init)
            receivers += filters.buffering.map(StreamStage.init)
        } else {
            receive.inputFilters = filters.buffering + filters.decompressing
        }
        receivers.append(.command(receive))
        let (sent, received) = try await runner.relay(senders, to: receivers, control: control)
        guard let termination = received.terminations.last else { throw CancellationError() }
        do {
            try termination.check(receive)
        } catch {
            // libzfs says so too when a receive into a part is busy: one whose connection was lost still waits for its end.
            if error.failure.reason == .resumeConflict { throw ReplicationError.receiveRuns(step.destination) }
            // What the receiver misses may be what the sender could not give.
            if error.failure.reason.isOfSender, let sender = sent.terminations.first { try sender.check(send) }
            throw error
        }
    }

    /// What the destination says it has.
    private func verified(
        _ step: MigrationPlan.Step, by sources: [DatasetHistory], _ destinations: [DatasetHistory], bytes: UInt64,
        duration: Duration
    ) throws -> MigrationReceipt.Entry {
        guard let there = destinations.first(where: { $0.dataset == step.destination })?.snapshot(guid: step.guid)
        else { throw ReplicationError.snapshotReplaced(try SnapshotName(step.destination, step.source.component)) }
        let here = sources.first { $0.dataset == step.source.dataset }?.snapshot(guid: step.guid)
        return MigrationReceipt.Entry(
            source: step.source, destination: try SnapshotName(step.destination, there.name), guid: there.guid,
            sourceTXG: here?.createtxg ?? 0, destinationTXG: there.createtxg, action: step.action,
            snapshots: step.snapshots, bytes: bytes, duration: duration)
    }

    private func makeParent(of dataset: DatasetName, on host: Host, for plan: MigrationPlan) async throws {
        // The pool is there, and so is the parent of what was moved aside.
        guard plan.steps.first?.action == .full, plan.aside == nil, let parent = dataset.parent,
            parent.text != dataset.pool.text
        else { return }
        if try await !exists(parent, on: host) {
            try await runner.run(ZFS.CreateFilesystem(parent, parents: true, unmounted: true), on: host)
        }
    }
}

extension StreamStage {
    /// A filter.
    fileprivate init(_ words: [String]) {
        self = .filter(program: words[0], arguments: Array(words.dropFirst()))
    }
}

extension FailureReason {
    /// Whether a receive that failed so may have been given no whole stream.
    fileprivate var isOfSender: Bool {
        switch self {
        case .streamEmptyOrCut, .streamIncomplete, .streamCorrupt, .operationFailed: true
        default: false
        }
    }
}

extension DatasetName {
    /// What it is directly below; nil for a pool.
    fileprivate var parent: DatasetName? {
        text.lastIndex(of: "/").flatMap { try? DatasetName(String(text[..<$0])) }
    }
}
