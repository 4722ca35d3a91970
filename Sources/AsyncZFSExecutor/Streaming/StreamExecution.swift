internal import Glibc
internal import Synchronization
internal import ZFSCommandBuilder

/// One stream, from the spawn of its processes to the reaping of the last.
///
/// ## Concurrency
/// Used by one task. Threads move the bytes and are told to stop; what does not end although it was killed is handed to a
/// task of its own, which keeps the stream's place.
final class StreamExecution: Sendable {
    private let poller: Poller
    private let registration: Poller.Registration
    private let streams: Streams
    private let place: UInt64
    private let pool: PoolName?
    private let configuration: ExecutorConfiguration
    private let control: StreamControl
    private let didRun: @Sendable (Int, Duration) -> Void
    private let isHandedOver = Mutex(false)

    init(
        poller: Poller,
        streams: Streams,
        place: UInt64,
        pool: PoolName?,
        configuration: ExecutorConfiguration,
        control: StreamControl,
        didRun: @escaping @Sendable (Int, Duration) -> Void
    ) {
        self.poller = poller
        registration = poller.register()
        self.streams = streams
        self.place = place
        self.pool = pool
        self.configuration = configuration
        self.control = control
        self.didRun = didRun
    }

    /// Gives the place back, unless something that does not end still has it.
    func end() {
        control.note(.nobody)
        control.noteSuspension(false)
        if isHandedOver.withLock({ $0 }) { return }
        poller.remove(registration)
        streams.leave(place)
    }

    /// Runs the processes and moves the bytes.
    func run(
        _ images: [ProcessImage],
        _ pipeline: StreamPipeline,
        _ onStart: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> StreamResult {
        let ends = try StreamEnds(pipeline, control, stall: configuration.streamStall, registration.mailbox)
        let mailbox = registration.mailbox
        return try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                ends.serve(in: &group)
                defer {
                    ends.close()
                    group.cancelAll()
                }
                return try await attend(images, ends, onStart)
            }
        } onCancel: {
            mailbox.post(.cancelled)
        }
    }

    private func attend(
        _ images: [ProcessImage],
        _ ends: StreamEnds,
        _ onStart: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> StreamResult {
        var run = StreamRun(count: images.count, ends, control, configuration)
        let mailbox = registration.mailbox
        defer { if let output = run.stages.output { poller.unwatch(output.number) } }
        do {
            try run.stages.spawn(images, reading: ends.pipe, orFeed: ends.hasSource, control)
            try run.stages.watch(poller, registration)
            if let output = run.stages.output, !run.startsAtOnce || !ends.hasSink {
                try poller.watch(output.number, posting: .output, to: registration)
            }
            if run.startsAtOnce {
                try await onStart([])
                try run.startPumps()
            }
        } catch {
            run.stop(for: error)
        }
        poller.setDeadline(run.deadline, of: registration)
        var turn = 0
        while !run.isOver {
            // A process that never stops printing must not keep its thread from other tasks.
            turn += 1
            if turn % 16 == 0 { await Task.yield() }
            let events = run.hasMore ? mailbox.take() : await mailbox.next()
            let deadline = run.deadline
            for (index, ran) in run.take(events) { didRun(index, ran) }
            if run.canStart {
                if let output = run.stages.output { poller.unwatch(output.number) }
                do {
                    try await onStart(try run.stages.output?.peek(StreamRun.headBytes) ?? [])
                    try run.startPumps()
                } catch {
                    run.stop(for: error)
                }
            }
            if run.isStuck {
                handOver(run)
                throw run.reason ?? ExecutionError.poolStuck(pool)
            }
            if run.deadline != deadline { poller.setDeadline(run.deadline, of: registration) }
        }
        if case .stalled = run.reason as? StreamError { streams.noteStall() }
        if let reason = run.reason { throw reason }
        return StreamResult(terminations: run.stages.terminations(), output: run.output)
    }

    /// Leaves what hangs in the kernel to a task that waits for its end.
    private func handOver(_ run: StreamRun) {
        isHandedOver.withLock { $0 = true }
        streams.setStuck(pool)
        if case .stalled = run.reason as? StreamError { streams.noteStall() }
        poller.setDeadline(nil, of: registration)
        // Not structured: nobody can wait for a process that may hang as long as its pool does.
        Task {
            var run = run
            while !run.isOver {
                let events = await registration.mailbox.next()
                for (index, ran) in run.take(events.subtracting(.deadline)) { didRun(index, ran) }
            }
            poller.remove(registration)
            streams.releaseStuck(place, pool)
        }
    }
}
