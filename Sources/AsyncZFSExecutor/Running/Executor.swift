internal import Glibc
internal import ZFSCommandBuilder

/// Runs `zfs` and `zpool` as child processes, here or through ssh.
///
/// Every child has a process group of its own, default signals, descriptors 0 to 2 only, `LC_ALL=C`, a fixed `PATH`,
/// `TZ=UTC` and nothing else of this process's environment. It has a deadline and bounded output. When the task is
/// cancelled, the child's group gets SIGTERM, after a grace period SIGKILL, and `CancellationError` is thrown when it is
/// gone.
///
/// ## Concurrency
/// One thread watches all children (`Poller`); a child takes no thread. The rest runs in the calling tasks.
public final class Executor: CommandRunner {
    let configuration: ExecutorConfiguration
    let poller: Poller
    let streams: Streams
    private let admission: Admission
    private let sharedReads = SharedReads()
    let didRun: (@Sendable (Invocation, Duration) -> Void)?

    /// Makes an executor and starts its thread, which ends when the executor is released.
    /// - Parameters:
    ///   - configuration: Its bounds.
    ///   - didRun: Is told of every process that was started, and how long it ran; must be quick.
    /// - Throws: `ExecutionError.system` when the thread or its descriptors can not be had.
    public init(
        _ configuration: ExecutorConfiguration = ExecutorConfiguration(),
        didRun: (@Sendable (Invocation, Duration) -> Void)? = nil
    ) throws(ExecutionError) {
        self.configuration = configuration
        self.didRun = didRun
        let processes = max(1, configuration.processes)
        let perPool = configuration.processesPerPool ?? processes / 3
        admission = Admission(
            Admission.Limits(
                processes: processes, perPool: min(processes, max(1, perPool)), queue: max(0, configuration.queue)))
        streams = Streams(limit: max(1, configuration.streams), stuckPerPool: max(1, perPool))
        poller = try Poller.start()
    }

    deinit {
        poller.stop()
    }

    /// How busy it is now.
    public var load: ExecutorLoad { admission.load }

    /// Runs to the end and keeps the output, at most `outputLimit` bytes.
    public func collect(_ invocation: Invocation) async throws -> Completion {
        let deadline = ContinuousClock.now + limit(of: invocation)
        guard invocation.isRead, invocation.input == nil, configuration.sharesReads else {
            return try await collectAlone(invocation, until: deadline)
        }
        while true {
            try Task.checkCancellation()
            let registration = poller.register()
            defer { poller.remove(registration) }
            poller.setDeadline(deadline, of: registration)
            switch sharedReads.join(invocation, registration.mailbox) {
            case .lead(let flight):
                return try await lead(flight, invocation, until: deadline)
            case .leadNext(let flight):
                do {
                    try await waitForGrant(registration.mailbox, for: invocation)
                } catch {
                    sharedReads.finish(invocation, flight, .abandoned)
                    throw error
                }
                return try await lead(flight, invocation, until: deadline)
            case .follow(let flight):
                try await waitForGrant(registration.mailbox, for: invocation)
                if case .ended(let result) = flight.outcome { return try result.get() }
            }
        }
    }

    /// Runs and hands over the output piece by piece.
    public func stream(
        _ invocation: Invocation,
        _ body: (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> Termination {
        try await withPlace(for: invocation, until: .now + limit(of: invocation)) { execution in
            try await execution.run(self.image(of: invocation), input: invocation.input, body)
        }
    }

    private func collectAlone(_ invocation: Invocation, until deadline: ContinuousClock.Instant) async throws
        -> Completion
    {
        try await withPlace(for: invocation, until: deadline) { execution in
            var output: [UInt8] = []
            let limit = configuration.outputLimit
            let termination = try await execution.run(self.image(of: invocation), input: invocation.input) {
                bytes in
                if output.count + bytes.count > limit { throw ExecutionError.outputTooLarge(limit: limit) }
                output += bytes
            }
            return Completion(output: output, termination: termination)
        }
    }

    private func lead(
        _ flight: SharedReads.Flight,
        _ invocation: Invocation,
        until deadline: ContinuousClock.Instant
    ) async throws -> Completion {
        do {
            let completion = try await collectAlone(invocation, until: deadline)
            sharedReads.finish(invocation, flight, .ended(.success(completion)))
            return completion
        } catch let error where Self.isOfLeaderAlone(error) {
            sharedReads.finish(invocation, flight, .abandoned)
            throw error
        } catch {
            sharedReads.finish(invocation, flight, .ended(.failure(error)))
            throw error
        }
    }

    /// Whether a run ended for a reason that those who share it do not have: cancellation, or a deadline that began earlier.
    private static func isOfLeaderAlone(_ error: any Error) -> Bool {
        switch error {
        case is CancellationError, ExecutionError.timedOut, ExecutionError.notStarted: true
        default: false
        }
    }

    private func limit(of invocation: Invocation) -> Duration {
        invocation.deadline ?? configuration.deadline
    }

    /// Waits for a place, runs `body`, and gives the place back when its process is gone.
    private func withPlace<Result>(
        for invocation: Invocation,
        until deadline: ContinuousClock.Instant,
        _ body: (Execution) async throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        let pool = invocation.pool
        let limit = limit(of: invocation)
        let registration = poller.register()
        poller.setDeadline(deadline, of: registration)
        let execution: Execution
        do {
            if case .waiting(let identifier) = try admission.enter(pool, waitingIn: registration.mailbox) {
                do {
                    try await waitForGrant(registration.mailbox, for: invocation)
                } catch {
                    admission.leave(identifier, pool)
                    throw error
                }
                admission.accept(identifier)
                // The mailbox may have told of the deadline together with the grant, and tells of it only once.
                poller.setDeadline(deadline, of: registration)
            }
            execution = Execution(
                poller: poller, registration: registration, admission: admission, pool: pool, limit: limit,
                grace: configuration.grace, didRun: { [didRun] duration in didRun?(invocation, duration) })
        } catch {
            poller.remove(registration)
            throw error
        }
        defer { execution.end() }
        return try await body(execution)
    }

    /// Waits until `.granted`, at most to the mailbox's deadline.
    private func waitForGrant(_ mailbox: Mailbox, for invocation: Invocation) async throws {
        let events = await withTaskCancellationHandler {
            await mailbox.next()
        } onCancel: {
            mailbox.post(.cancelled)
        }
        if events.contains(.cancelled) || Task.isCancelled { throw CancellationError() }
        if events.contains(.granted) { return }
        if events.contains(.refused) { throw ExecutionError.poolStuck(invocation.pool) }
        throw ExecutionError.notStarted(seconds: limit(of: invocation).inSeconds)
    }

    /// The program file, its arguments and its environment.
    func image(of invocation: Invocation) throws(ExecutionError) -> ProcessImage {
        let name = invocation.program.rawValue
        switch invocation.host {
        case .local:
            return ProcessImage(file: try find(name), arguments: invocation.arguments, environment: environment)
        case .ssh(let destination):
            let setting = ["env"] + environment
            let parts = invocation.inputFilters + [[name] + invocation.arguments] + invocation.outputFilters
            return ProcessImage(
                file: try find("ssh"), arguments: try destination.arguments(running: parts.map { setting + $0 }),
                environment: environment, isElsewhere: true)
        }
    }

    /// The whole environment of a child.
    var environment: [String] { ["LC_ALL=C", "PATH=\(configuration.path.joined(separator: ":"))", "TZ=UTC"] }

    /// The file of a program.
    func find(_ name: String) throws(ExecutionError) -> String {
        for folder in configuration.path {
            let file = "\(folder)/\(name)"
            if unsafe access(file, X_OK) == 0 { return file }
        }
        throw .programNotFound(name, searched: configuration.path)
    }
}

/// What is given to the kernel to start a process, `execve(2)`.
struct ProcessImage: Sendable {
    let file: String
    let arguments: [String]
    let environment: [String]
    /// Whether what it does is done by a program at the other end of a connection.
    var isElsewhere = false
}

extension Duration {
    /// As seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
