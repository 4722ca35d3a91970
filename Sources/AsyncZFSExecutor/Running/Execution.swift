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

    private let poller: Poller
    private let registration: Poller.Registration
    private let admission: Admission
    private let pool: PoolName?
    private let limits: ExecutorConfiguration
    /// Whether somebody else gives the place back.
    private let isHandedOver = Mutex(false)

    init(
        poller: Poller,
        registration: Poller.Registration,
        admission: Admission,
        pool: PoolName?,
        limits: ExecutorConfiguration
    ) {
        self.poller = poller
        self.registration = registration
        self.admission = admission
        self.pool = pool
        self.limits = limits
    }

    /// Gives the place back, unless a process that does not end still has it.
    func end() {
        if isHandedOver.withLock({ $0 }) { return }
        poller.remove(registration)
        admission.release(pool)
    }

    /// Spawns and waits for the end; hands standard output to `body` as it comes.
    func run(
        _ command: CommandLine,
        input: [UInt8]?,
        _ body: (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> Termination {
        let child = try ChildProcess(
            path: command.file, arguments: command.arguments, environment: command.environment, input: input)
        do {
            try poller.watch(child.output.number, posting: .output, to: registration)
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
            try await attend(child, body)
        } onCancel: {
            mailbox.post(.cancelled)
        }
    }

    /// Reads, waits and, when need be, stops the child, until it is reaped.
    private func attend(
        _ child: ChildProcess,
        _ body: (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> Termination {
        var errors = ErrorCapture()
        var buffer = [UInt8](repeating: 0, count: Self.readSize)
        var stop: (any Error)?
        var isKilled = false
        while true {
            let events = await registration.mailbox.next()
            // The exit is looked at first: what the child wrote before it is in the pipes by now, and is read below.
            let status = events.contains(.exited) ? child.reap() : nil
            if events.contains(.errors) || status != nil {
                while case .bytes(let count) = child.errors.read(into: &buffer) { errors.append(buffer[..<count]) }
            }
            if events.contains(.output) || status != nil {
                while case .bytes(let count) = child.output.read(into: &buffer) {
                    if stop != nil { continue }
                    do {
                        try await body(buffer[..<count])
                    } catch {
                        stop = error
                        if status == nil { terminate(child) }
                    }
                }
            }
            if let status {
                unwatch(child)
                if let stop { throw stop }
                return Termination(status: status, standardError: errors.bytes())
            }
            if stop == nil, events.contains(.cancelled) {
                stop = CancellationError()
                terminate(child)
            } else if events.contains(.deadline) {
                if stop == nil {
                    stop = ExecutionError.timedOut(seconds: limits.deadline.inSeconds)
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
        poller.setDeadline(.now + limits.grace, of: registration)
    }

    private func unwatch(_ child: ChildProcess) {
        poller.unwatch(child.output.number)
        poller.unwatch(child.errors.number)
        poller.unwatch(child.exit.number)
    }

    /// Leaves the process, which hangs in the kernel, to a task that reaps it whenever it ends.
    private func handOver(_ child: ChildProcess) {
        isHandedOver.withLock { $0 = true }
        admission.setStuck(true, pool)
        poller.unwatch(child.output.number)
        poller.unwatch(child.errors.number)
        // Not structured: nobody can wait for a process that may hang as long as its pool does.
        Task {
            while true {
                let events = await registration.mailbox.next()
                guard events.contains(.exited), child.reap() != nil else { continue }
                poller.unwatch(child.exit.number)
                poller.remove(registration)
                admission.setStuck(false, pool)
                admission.release(pool)
                return
            }
        }
    }
}
