internal import ZFSRPC

extension RPCError.Code {
    /// The kind of error as a word, for the `status` label.
    var word: String {
        switch self {
        case .parseError: "parse_error"
        case .invalidRequest: "invalid_request"
        case .methodNotFound: "method_not_found"
        case .invalidParameters: "invalid_parameters"
        case .internalError: "internal_error"
        case .rateLimited: "rate_limited"
        case .invalidValue: "invalid_value"
        case .notFound: "not_found"
        case .snapshotNotFound: "snapshot_not_found"
        case .permissionDenied: "permission_denied"
        case .operationFailed: "operation_failed"
        case .sendFailed: "send_failed"
        case .receiveFailed: "receive_failed"
        case .snapshotFailed: "snapshot_failed"
        case .holdFailed: "hold_failed"
        case .diffFailed: "diff_failed"
        case .authenticationRequired: "authentication_required"
        case .credentialsRefused: "credentials_refused"
        case .notAllowed: "not_allowed"
        case .taskNotFound: "task_not_found"
        case .conflict: "conflict"
        case .unavailable: "unavailable"
        case .timedOut: "timed_out"
        case .cancelled: "cancelled"
        }
    }
}
