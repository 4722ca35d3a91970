/// The error object of an answer of JSON-RPC.
struct AnsweredError: Decodable {
    struct Data: Decodable {
        let reason: String?
        let retryable: Bool?
        let requestID: String?
        let stderr: String?
        let exitStatus: Int?
        let details: [String: JSONValue]?

        private enum CodingKeys: String, CodingKey {
            case reason, retryable, stderr, details
            case requestID = "request_id"
            case exitStatus = "exit_status"
        }
    }

    let code: Int?
    let message: String?
    let data: Data?
}

extension ClientError {
    /// The error that an answer tells of.
    /// - Parameters:
    ///   - answer: The error object.
    ///   - retryAfter: Seconds that the daemon asks to wait.
    ///   - kind: The kind, when it does not follow from the code.
    init(_ answer: AnsweredError, retryAfter: Double? = nil, kind: Kind? = nil) {
        self.init(
            kind ?? answer.code.map(Kind.init(code:)) ?? .unknown, answer.message ?? "the daemon gave no message",
            reason: answer.data?.reason ?? "")
        code = answer.code
        isRetryable = answer.data?.retryable ?? false
        requestID = answer.data?.requestID
        details = answer.data?.details ?? [:]
        stderr = answer.data?.stderr
        exitStatus = answer.data?.exitStatus
        self.retryAfter = retryAfter
    }
}

extension ClientError.Kind {
    /// The kind of a code of the API.
    init(code: Int) {
        self =
            switch code {
            case -32700, -32600, -32601: .invalidRequest
            case -32602, -32001: .invalidParameters
            case -32002, -32003, -32050: .notFound
            case -32040, -32041: .authenticationFailed
            case -32004, -32042: .permissionDenied
            case -32051: .conflict
            case -32005, -32021, -32030, -32035: .operationFailed
            case -32010, -32020: .transferFailed
            case -32052: .unavailable
            case -32000: .rateLimited
            case -32053: .timedOut
            case -32054: .cancelled
            case -32603: .internalError
            default: .unknown
            }
    }
}
