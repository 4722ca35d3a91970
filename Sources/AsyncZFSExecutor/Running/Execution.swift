internal import Glibc
internal import Synchronization
internal import ZFSCommandBuilder

/// One place and the process in it, from spawn to reaping.
///
/// ## Concurrency
/// Used by one task. A process that outlives SIGKILL is handed to a task of its own, which keeps the place.
final class Execution: Sendable {
    /// How long a process may take to die of SIGKILL before its place counts as stuck.
    private static let killPatience = Duration.seconds(2)
    /// Bytes that one read asks for.
    private static let readSize = 65536
    /// Reads that empty a pipe of any size that an unprivileged process can have (1 MiB).
    private static let lastReads = 17

    private let poller: Poller
    private let registration: Poller.Registration
    private let admission: Admission
    private let pool: PoolName?
    /// How long the command may take, its wait included; for the error that says so.
    private let limit: Duration
    private let grace: Duration
    /// Is told how long the process ran.
    private let didRun: @Sendable (Duration) -> Void
    /// Whether somebody else gives the place back.
    private let isHandedOver = Mutex(false)

    init(
        poller: Poller,
        registration: Poller.Registration,
        admission: Admission,
        pool: PoolName?,
        limit: Duration,
        grace: Duration,
        didRun: @escaping @Sendable (Duration) -> Void
    ) {
        self.poller = poller
        self.registration = registration
        self.admission = admission
        self.pool = pool
        self.limit = limit
        self.grace = grace
        self.didRun = didRun
    }

    /// Gives the place back, unless a process that does not end still has it.
    func end() {
        if isHandedOver.withLock({ $0 }) { return }
        poller.remove(registration)
        admission.release(pool)
    }

    /// Spawns and waits for the end; hands standard output to `body` as it comes.
    func run(
        _ image: ProcessImage,
        input: [UInt8]?,
        _ body: (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> Termination {
        let (child, output) = try ChildProcess.start(image, input: input)
        let start = ContinuousClock.now
        defer { didRun(.now - start) }
        do {
            try poller.watch(output.number, posting: .output, to: registration)
            try poller.watch(child.errors.number, posting: .errors, to: registration)
            try poller.watch(child.exit.number, posting: .exited, to: registration)
        } catch {
            child.signalGroup(SIGKILL)
            // Without the poller nothing tells when it ends; a process that was just spawned dies of SIGKILL at once.
            while child.reap() == nil { sched_yield() }
            throw error
        }
        let mailbox = registration.mailbox
        return try await withTaskCancellationHandler {
            try await attend(child, output, body)
        } onCancel: {
            mailbox.post(.cancelled)
        }
    }

    /// Reads, waits and, when need be, stops the child, until it is reaped.
    ///
    /// Each turn reads once from each pipe, so that neither a flood on one of them nor a slow `body` keeps the deadline
    /// or a cancellation from being seen.
    private func attend(
        _ child: ChildProcess,
        _ output: Descriptor,
        _ body: (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> Termination {
        let mailbox = registration.mailbox
        var errors = ErrorCapture()
        var buffer = [UInt8](repeating: 0, count: Self.readSize)
        /// The pipes that may have more to read.
        var readable: Events = []
        var stop: (any Error)?
        var isKilled = false
        var turn = 0
        while true {
            // A child that never stops printing must not keep its thread from other tasks.
            turn += 1
            if turn % 16 == 0 { await Task.yield() }
            var events = readable.isEmpty ? await mailbox.next() : mailbox.take()
            readable.formUnion(events.intersection([.output, .errors]))
            if readable.contains(.errors) {
                if case .bytes(let count) = child.errors.read(into: &buffer) {
                    errors.append(buffer[..<count])
                } else {
                    readable.remove(.errors)
                }
            }
            if readable.contains(.output) {
                if case .bytes(let count) = output.read(into: &buffer) {
                    do {
                        if stop == nil { try await body(buffer[..<count]) }
                    } catch {
                        stop = error
                        terminate(child)
                        // The deadline is the grace period from here on.
                        events.remove(.deadline)
                    }
                } else {
                    readable.remove(.output)
                }
            }
            if events.contains(.exited), let status = child.reap() {
                // What the child wrote is in the pipes by now; a grandchild that left the group may write on for ever.
                for _ in 0..<Self.lastReads {
                    guard case .bytes(let count) = child.errors.read(into: &buffer) else { break }
                    errors.append(buffer[..<count])
                }
                for _ in 0..<Self.lastReads where stop == nil {
                    guard case .bytes(let count) = output.read(into: &buffer) else { break }
                    try await body(buffer[..<count])
                }
                if let stop { throw stop }
                return Termination(status: status, standardError: errors.bytes())
            }
            if stop == nil, events.contains(.cancelled) {
                stop = CancellationError()
                terminate(child)
            } else if events.contains(.deadline) {
                if stop == nil {
                    stop = ExecutionError.timedOut(seconds: limit.inSeconds)
                    terminate(child)
                } else if !isKilled {
                    isKilled = true
                    child.signalGroup(SIGKILL)
                    poller.setDeadline(.now + Self.killPatience, of: registration)
                } else {
                    handOver(child)
                    throw stop ?? CancellationError()
                }
            }
        }
    }

    private func terminate(_ child: ChildProcess) {
        child.signalGroup(SIGTERM)
        poller.setDeadline(.now + grace, of: registration)
    }

    /// Leaves the process, which hangs in the kernel, to a task that reaps it whenever it ends.
    private func handOver(_ child: ChildProcess) {
        isHandedOver.withLock { $0 = true }
        admission.setStuck(pool)
        // Not structured: nobody can wait for a process that may hang as long as its pool does.
        Task {
            while true {
                let events = await registration.mailbox.next()
                guard events.contains(.exited), child.reap() != nil else { continue }
                poller.remove(registration)
                admission.releaseStuck(pool)
                return
            }
        }
    }
}
