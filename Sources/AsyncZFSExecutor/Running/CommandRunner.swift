public import ZFSCommandBuilder

/// Runs commands: the seam between what to run and how.
public protocol CommandRunner: Sendable {
    /// Runs to the end and keeps the output.
    /// - Throws: `ExecutionError` when it was not run to its end, `CancellationError` when the task was cancelled. A
    ///   status other than 0 is a normal result.
    func collect(_ invocation: Invocation) async throws -> Completion

    /// Runs and hands over the output piece by piece while the command runs.
    /// - Parameters:
    ///   - invocation: What to run.
    ///   - body: Gets the pieces in order. When it throws, the command is stopped.
    /// - Throws: As `collect`, and what `body` throws.
    func stream(
        _ invocation: Invocation,
        _ body: (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> Termination
}

extension CommandRunner {
    /// Runs a command and decodes its output.
    /// - Parameters:
    ///   - command: The command.
    ///   - host: Where it runs.
    /// - Throws: `CommandFailed` when it ended with an error, `OutputError` when its output could not be understood,
    ///   `ExecutionError` when it was not run to its end, `CancellationError` when the task was cancelled.
    public func run<C: ReportingCommand>(_ command: C, on host: Host = .local) async throws -> C.Output {
        try await run(command, as: Invocation(command, on: host))
    }

    /// Runs a command by an invocation that was made from it and changed, and decodes its output.
    /// - Throws: As the other `run`.
    public func run<C: ReportingCommand>(_ command: C, as invocation: Invocation) async throws -> C.Output {
        let completion = try await collect(invocation)
        try completion.termination.check(invocation)
        return try command.decode(completion.output)
    }

    /// Runs a command whose output says nothing.
    /// - Parameters:
    ///   - command: The command.
    ///   - host: Where it runs.
    ///   - input: What it reads from standard input, at most 64 KiB.
    /// - Throws: As the other `run`, without `OutputError`.
    public func run(_ command: some Command, on host: Host = .local, input: [UInt8]? = nil) async throws {
        let invocation = Invocation(command, on: host, input: input)
        try await collect(invocation).termination.check(invocation)
    }

    /// Runs a command and hands over its rows while it runs, so that memory does not grow with their number.
    ///
    /// Rows that were handed over before an error are not the whole answer.
    /// - Throws: As `run`, and what `body` throws.
    public func forEachRow<C: RowCommand>(
        of command: C,
        on host: Host = .local,
        _ body: (C.Row) async throws -> Void
    ) async throws {
        let invocation = Invocation(command, on: host)
        var lines = LineSplitter()
        let termination = try await stream(invocation) { bytes in
            lines.append(bytes)
            while let line = try lines.next() {
                if !line.isEmpty { try await body(command.decodeRow(line)) }
            }
        }
        try termination.check(invocation)
        if let rest = lines.rest { try await body(command.decodeRow(rest)) }
    }
}

extension Termination {
    /// - Throws: `CommandFailed` unless the status is 0.
    package func check(_ invocation: Invocation) throws(CommandFailed) {
        if isSuccess { return }
        if case .ssh(let destination) = invocation.host,
            let failure = CommandFailure(
                reaching: destination.host, status: status.failureStatus, standardError: standardError)
        {
            throw CommandFailed(failure)
        }
        throw CommandFailed(
            CommandFailure(
                program: invocation.program,
                arguments: invocation.arguments,
                status: status.failureStatus,
                standardError: standardError
            )
        )
    }
}

extension Termination.Status {
    fileprivate var failureStatus: CommandFailure.Status {
        switch self {
        case .exited(let status): .exited(status)
        case .signalled(let signal): .signalled(signal)
        }
    }
}
