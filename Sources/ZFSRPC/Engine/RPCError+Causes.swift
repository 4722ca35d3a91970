internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder
internal import ZFSReplication

extension RPCError {
    /// What clients are told of an error from below.
    /// - Parameters:
    ///   - error: The error.
    ///   - failureCode: The code for failures of the method that have no code of their own.
    init(of error: any Error, failureCode: Code) {
        switch error {
        case let error as RPCError: self = error
        case let error as CommandFailed: self.init(error.failure, failureCode: failureCode)
        case let error as ExecutionError: self.init(error)
        case let error as SpoolError: self.init(error)
        case let error as ReplicationError: self.init(error)
        case let error as MigrationObstacle: self.init(error)
        case let error as FileRefusal: self.init(error, failureCode: failureCode)
        case let error as StreamError: self.init(error, failureCode: failureCode)
        case let error as NameError: self.init(.invalidValue, "invalid_name", error.description)
        case let error as OutputError:
            self.init(
                .operationFailed, "unexpected_output",
                "OpenZFS printed something that is not understood (\(error)); is its version supported?")
        case is CancellationError:
            self.init(.cancelled, "cancelled", "the request was cancelled before it was done")
        default:
            self.init(.internalError, "internal_error", "an error that should not happen: \(type(of: error))")
        }
    }

    /// What clients are told of a command that failed.
    /// - Parameters:
    ///   - failure: What is known of the run.
    ///   - failureCode: The code for reasons that have no code of their own.
    ///   - advice: What the method offers against it; nil for what always helps.
    init(_ failure: CommandFailure, failureCode: Code, advice: String? = nil) {
        var exitStatus: Int32?
        if case .exited(let status) = failure.status { exitStatus = status }
        self.init(
            Self.code(for: failure.reason) ?? failureCode,
            failure.reason.rawValue,
            Self.sentence(for: failure, advice: advice),
            isRetryable: failure.reason.isRetryable,
            standardError: failure.standardError.isEmpty ? nil : failure.standardError,
            exitStatus: exitStatus,
            details: failure.names.isEmpty ? nil : .object(["names": .strings(failure.names)])
        )
    }

    private init(_ error: ExecutionError) {
        switch error {
        case .programNotFound(let name, let searched):
            self.init(
                .unavailable, "zfs_unavailable",
                "\(name) is in none of \(searched.joined(separator: ":")); install OpenZFS or set zfs.path")
        case .cannotExecute(let path, let errno):
            self.init(
                .unavailable, "zfs_unavailable", "\(path) can not be executed: \(Self.text(of: errno))")
        case .invalidArgument:
            self.init(.invalidValue, "invalid_value", "a value has a character that it must not have")
        case .argumentsTooLong:
            self.init(
                .invalidValue, "invalid_value", "the request has more names or longer values than one command takes")
        case .notStarted(let seconds):
            self.init(
                .unavailable, "overloaded",
                "the command did not get its turn within \(Int(seconds)) s and was not started; try again",
                isRetryable: true)
        case .inputTooLarge(let bytes):
            self.init(.invalidValue, "invalid_value", "the key has \(bytes) bytes; 65536 are allowed")
        case .timedOut(let seconds):
            self.init(
                .timedOut, "timeout",
                "the command did not end within \(Int(seconds)) s and was stopped; if it was to change something, see whether it did"
            )
        case .outputTooLarge(let limit):
            self.init(
                .operationFailed, "too_many_results",
                "the command printed more than \(limit >> 20) MiB; ask for less at once")
        case .queueFull(let limit):
            self.init(
                .unavailable, "overloaded", "\(limit) commands wait already; try again in a moment", isRetryable: true)
        case .poolStuck(let pool):
            let name = pool.map { "pool \($0)" } ?? "a pool"
            self.init(
                .unavailable, "pool_suspended",
                "commands hang in the kernel: the input and output of \(name) is suspended; see pool_status")
        case .system(let call, let errno):
            self.init(
                .internalError, "system_error", "\(call) failed: \(Self.text(of: errno))",
                // After pidfd_open the command has run for a moment.
                isRetryable: call != "pidfd_open" && [EMFILE, ENFILE, EAGAIN, ENOMEM].contains(errno))
        }
    }

    private init(_ error: SpoolError) {
        switch error {
        case .tooLarge(let limit):
            self.init(
                .operationFailed, "too_many_results",
                "the answer is larger than \(limit >> 20) MiB; ask for less at once")
        case .system(let errno):
            self.init(
                .operationFailed, errno == ENOSPC || errno == EDQUOT ? "no_space" : "system_error",
                "the answer could not be kept in a temporary file: \(Self.text(of: errno))")
        }
    }

    private static func text(of errno: Int32) -> String {
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    }
}
