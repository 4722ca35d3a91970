/// An error as clients see it.
public struct RPCError: Error, Hashable, Sendable {
    /// The number of the kind of error.
    public var code: Code
    /// One sentence for a person, which says what to do where that is known.
    public var message: String
    /// A word that never changes, for programs.
    public var reason: String
    /// Whether the same request may succeed later although nobody does anything.
    public var isRetryable: Bool
    /// What the command printed to standard error.
    public var standardError: String?
    /// The command's exit status.
    public var exitStatus: Int32?
    /// More, depending on the reason.
    public var details: JSONValue?

    /// Makes an error.
    public init(
        _ code: Code,
        _ reason: String,
        _ message: String,
        isRetryable: Bool = false,
        standardError: String? = nil,
        exitStatus: Int32? = nil,
        details: JSONValue? = nil
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.isRetryable = isRetryable
        self.standardError = standardError
        self.exitStatus = exitStatus
        self.details = details
    }

    /// The `error` member of an answer.
    func json(requestID: String) -> JSONValue {
        .object([
            "code": .integer(code.rawValue),
            "message": .string(message),
            "data": .object([
                "reason": .string(reason),
                "retryable": .bool(isRetryable),
                "request_id": .string(requestID),
                "stderr": standardError.map { .string($0) },
                "exit_status": exitStatus.map { .integer($0) },
                "details": details,
            ]),
        ])
    }
}

extension RPCError {
    /// The numbers of errors: those of JSON-RPC 2.0, section 5.1, and ours.
    public enum Code: Int, Hashable, Sendable, CaseIterable {
        /// The body is not JSON.
        case parseError = -32700
        /// The JSON is not a request.
        case invalidRequest = -32600
        /// There is no such method.
        case methodNotFound = -32601
        /// A parameter is missing, unknown or of the wrong type.
        case invalidParameters = -32602
        /// A fault of ours.
        case internalError = -32603
        /// Too many requests.
        case rateLimited = -32000
        /// A name, property, path or number is not legal.
        case invalidValue = -32001
        /// The dataset, pool or bookmark does not exist.
        case notFound = -32002
        /// The snapshot does not exist.
        case snapshotNotFound = -32003
        /// ZFS refuses for want of privilege.
        case permissionDenied = -32004
        /// The operation failed.
        case operationFailed = -32005
        /// A send failed.
        case sendFailed = -32010
        /// A receive failed.
        case receiveFailed = -32020
        /// A snapshot could not be created.
        case snapshotFailed = -32021
        /// A hold or release failed.
        case holdFailed = -32030
        /// A comparison failed.
        case diffFailed = -32035
        /// Credentials are needed.
        case authenticationRequired = -32040
        /// Credentials are refused.
        case credentialsRefused = -32041
        /// The principal may not do this.
        case notAllowed = -32042
        /// The task, token or stream does not exist.
        case taskNotFound = -32050
        /// The present state is in the way.
        case conflict = -32051
        /// ZFS, the pool or the store is unavailable.
        case unavailable = -32052
        /// It took too long.
        case timedOut = -32053
        /// It was cancelled.
        case cancelled = -32054
    }
}
