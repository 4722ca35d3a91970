internal import Synchronization

/// Does tasks in the order in which they were asked for, and lets others see and end them.
///
/// The store says what is to be done. A task is done at least once: after a crash it is done again, and finds what is done
/// already.
///
/// ## Concurrency
/// `run` is one task that takes work and starts a task for each; a mutex guards what runs.
public final class Tasks: Sendable {
    struct State {
        /// The last second that was given to a tag, those that are over left out.
        var lastSeconds: [String: Int64] = [:]
        fileprivate var running: [String: (task: RunningTask, work: Task<Void, Never>)] = [:]
    }

    /// How often a task is tried whose error may pass.
    private static let attempts = 8
    /// How long to wait for news before the store is asked again.
    private static let patience = Duration.seconds(5)
    /// How long to wait for the end of a task.
    private static let longestEnd = Duration.seconds(60)

    let store: any TaskStore
    let migrations: Migrations
    private let workers: Int
    private let news = Signal()
    let state = Mutex(State())

    /// Makes it; nothing runs before ``run()``.
    /// - Parameters:
    ///   - store: Keeps the tasks.
    ///   - migrations: What they are.
    ///   - workers: How many run at once.
    public init(store: any TaskStore, migrations: Migrations, workers: Int) {
        self.store = store
        self.migrations = migrations
        self.workers = workers
    }

    /// Does tasks until it is cancelled; what runs then waits for the next start.
    public func run() async {
        await withDiscardingTaskGroup { group in
            var nextLook = ContinuousClock.now
            while !Task.isCancelled {
                let known = state.withLock { Set($0.running.keys) }
                if nextLook <= .now {
                    nextLook = .now + Self.patience
                    // Until it was told what is left over, nothing is taken.
                    guard (try? await store.recoverTasks(at: Self.now(), except: known)) != nil else {
                        await news.wait(atMost: .seconds(1))
                        nextLook = .now
                        continue
                    }
                }
                if known.count < workers, let task = try? await store.claimTask(at: Self.now()) {
                    // A store that has come back with an older state may give out what is being done.
                    guard !known.contains(task.id) else { continue }
                    let running = RunningTask(id: task.id, bytesPerSecond: migrations.bytesPerSecond(of: task))
                    // Not structured, so that a cancellation can wait for it.
                    let work = Task { await self.carryOut(task, running) }
                    state.withLock { $0.running[task.id] = (running, work) }
                    group.addTask { [self] in
                        await withTaskCancellationHandler {
                            await work.value
                        } onCancel: {
                            work.cancel()
                        }
                        state.withLock { $0.running[task.id] = nil }
                        news.send()
                    }
                } else {
                    await news.wait(atMost: Self.patience)
                }
            }
        }
    }

    /// Adds a task.
    func add(_ task: TaskRecord) async throws(RPCError) {
        do {
            try await store.add(task)
        } catch {
            throw .storeUnavailable
        }
        news.send()
    }

    /// A task as it is now.
    /// - Throws: `RPCError` with code -32050 when there is none for this principal.
    func task(_ id: String, for principal: Principal) async throws(RPCError) -> TaskRecord {
        let found: TaskRecord?
        do {
            found = try await store.task(id)
        } catch {
            throw .storeUnavailable
        }
        guard let found, principal.managesTransfersOfAll || found.user == principal.name else {
            throw RPCError(.taskNotFound, "task_not_found", "there is no task \(id); see migration_list")
        }
        return found
    }

    /// What is known of a task that runs here; nil for any other.
    func running(_ id: String) -> RunningTask? {
        state.withLock { $0.running[id]?.task }
    }

    /// Ends a task; when this returns, its processes are gone.
    ///
    /// - Parameter keepsPart: Whether what the destination has so far stays.
    /// - Throws: `RPCError` with code -32051 when it has ended already, or is another node's whose part shall go.
    func cancel(_ id: String, keepsPart: Bool = true, for principal: Principal) async throws(RPCError) {
        let first = try await task(id, for: principal)
        guard keepsPart || first.node == store.node else {
            throw RPCError(
                .conflict, "task_elsewhere",
                "task \(id) is done by \(first.node ?? "another node"); only its daemon can drop what the destination has"
            )
        }
        // What waits may be taken, and what runs may end, between two looks; another node looks once a second.
        let deadline = ContinuousClock.now + Self.longestEnd
        var problem: RPCError?
        while .now < deadline {
            let task = try await task(id, for: principal)
            if task.status.isFinal {
                if task.status == .cancelled {
                    if let problem { throw problem }
                    return
                }
                throw RPCError(.conflict, "task_ended", "task \(id) has ended already: it is \(task.status.rawValue)")
            }
            if let (running, work) = state.withLock({ $0.running[id] }) {
                running.cancel(keepsPart: keepsPart)
                // When the store does not answer later, the next start knows.
                _ = try? await store.ask(id, .end)
                work.cancel()
                await work.value
                problem = running.problem
                continue
            }
            do {
                // An earlier try may have left something, which its node takes away.
                if task.attempts > 0, task.node != store.node {
                    _ = try await store.ask(id, .end)
                } else {
                    let change = TaskChange(status: .cancelled)
                    if try await store.changeTask(id, from: .pending, at: Self.now(), "cancelled", change) != nil {
                        if task.attempts > 0 { problem = await leave(task, keepsPart: keepsPart) }
                        continue
                    }
                }
                try await Task.sleep(for: .milliseconds(50))
            } catch is CancellationError {
                throw RPCError(.cancelled, "cancelled", "the request was cancelled before it was done")
            } catch {
                throw .storeUnavailable
            }
        }
        throw RPCError(
            .conflict, "task_busy", "task \(id) has not ended yet; see migration_get, and whether its node runs",
            isRetryable: true)
    }

    private func carryOut(_ task: TaskRecord, _ running: RunningTask) async {
        let sampling = Task { await tell(of: task, running) }
        let (what, change) = await outcome(of: task, running)
        sampling.cancel()
        await sampling.value
        if change.status == .failed || change.status == .cancelled {
            running.problem = await leave(task, keepsPart: running.keepsPart)
            if running.problem == nil, running.mayRunElsewhere { running.problem = Self.mayRunElsewhere(task.id) }
        }
        // What was done must be known. A daemon that stops leaves it to the next start, which asks both sides.
        for attempt in 0... {
            do {
                if try await store.changeTask(task.id, from: .running, at: Self.now(), what, change) != nil { return }
                guard try await store.task(task.id) == nil else { return }
                try await store.restore(task, at: Self.now())
            } catch {
                if Task.isCancelled, attempt > 20 { return }
                await Task { try? await Task.sleep(for: .milliseconds(50 << min(attempt, 4))) }.value
            }
        }
    }

    /// Stores each second how far a task is, and takes what others want of it.
    private func tell(of task: TaskRecord, _ running: RunningTask) async {
        var (request, plan) = (task.request, String?.none)
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            running.sample()
            var change = TaskChange(progress: running.progress(now: .now).encodedText)
            if running.plan != plan { change.plan = running.plan }
            do {
                if let now = try await store.changeTask(task.id, from: .running, at: Self.now(), nil, change) {
                    plan = change.plan ?? plan
                    if now.isEndWanted {
                        running.cancel()
                        end(task.id)
                    }
                    if now.request != request {
                        request = now.request
                        running.bytesPerSecond = migrations.bytesPerSecond(of: now)
                    }
                } else if let found = try await store.task(task.id) {
                    // Another daemon took it over, or somebody ended it.
                    if found.status.isFinal || found.attempts > task.attempts { end(task.id) }
                } else {
                    try await store.restore(task, at: Self.now())
                    plan = nil
                }
            } catch {
                // What is done goes on without the store.
            }
        }
    }

    /// Takes away what a task has left that will not be gone on with.
    ///
    /// - Returns: Why the part could not be dropped; nil when it was, or shall stay.
    private func leave(_ task: TaskRecord, keepsPart: Bool) async -> RPCError? {
        // Also when this task is cancelled.
        await Task {
            var problem: RPCError?
            do {
                if !keepsPart { try await migrations.dropPart(of: task) }
            } catch {
                let cause = RPCError(of: error, failureCode: .receiveFailed)
                problem = RPCError(
                    .receiveFailed, "part_kept",
                    "task \(task.id) is cancelled, but what the destination has so far could not be dropped: "
                        + "\(cause.message); see receive_abort")
            }
            await migrations.giveUp(task)
            return problem
        }.value
    }

    private static func mayRunElsewhere(_ id: String) -> RPCError {
        RPCError(
            .unavailable, "remote_unknown",
            "task \(id) is cancelled, but the other host could not be asked whether its zfs has ended; it ends when it notices "
                + "that the connection is gone")
    }

    private func end(_ id: String) {
        state.withLock { $0.running[id]?.work }?.cancel()
    }

    private func outcome(of task: TaskRecord, _ running: RunningTask) async -> (what: String, change: TaskChange) {
        var change = TaskChange()
        if task.isEndWanted {
            change.status = .cancelled
            return ("cancelled", change)
        }
        let error: RPCError
        do {
            change.result = try await migrations.run(task, running) { [store] order in
                _ = try await store.ask(task.id, .request(order.json.encodedText))
            }.encodedText
            change.status = .completed
            running.complete()
            change.progress = running.progress(now: .now).encodedText
            change.plan = running.plan
            return ("completed", change)
        } catch let thrown {
            error = RPCError(of: thrown, failureCode: .receiveFailed)
        }
        change.plan = running.plan
        change.progress = running.progress(now: .now).encodedText
        if running.isCancelled {
            change.status = .cancelled
            return ("cancelled", change)
        }
        if Task.isCancelled {
            change.status = .pending
            return ("interrupted", change)
        }
        change.error = error.taskText
        // What is asked of both sides first can be done twice, so an unknown outcome is no obstacle.
        let mayPass = error.isRetryable || ["killed_by_signal", "timeout", "stalled"].contains(error.reason)
        if mayPass, task.attempts < Self.attempts {
            change.status = .pending
            change.notBefore = Self.now() + min(TaskRecord.longestWait, Int64(2000) << task.attempts)
            return ("retried", change)
        }
        change.status = .failed
        return ("failed", change)
    }

    /// Milliseconds since 1970.
    static func now() -> Int64 {
        let now = UTCDateTime.now
        return Int64(now.secondsSince1970) * 1000 + Int64(now.nanosecond) / 1_000_000
    }
}

extension JSONValue {
    /// As text.
    var encodedText: String { String(decoding: encoded, as: UTF8.self) }
}

extension RPCError {
    /// What is kept of an error with a task.
    var taskText: String {
        JSONValue.object([
            "code": .integer(code.rawValue), "message": .string(message), "reason": .string(reason),
            "retryable": .bool(isRetryable), "details": details,
        ]).encodedText
    }
}
