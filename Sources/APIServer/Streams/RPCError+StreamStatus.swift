import NIOHTTP1
import ZFSRPC

extension RPCError {
    /// The status of the answer to a stream that failed before its first byte.
    var streamStatus: HTTPResponseStatus {
        switch code {
        case .taskNotFound, .notFound, .snapshotNotFound: .notFound
        case .conflict: reason == "wrong_operation" ? .methodNotAllowed : .conflict
        case .authenticationRequired, .credentialsRefused: .unauthorized
        case .notAllowed, .permissionDenied: .forbidden
        case .invalidValue, .invalidParameters, .invalidRequest: .badRequest
        case .rateLimited: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .timedOut: .gatewayTimeout
        default: .internalServerError
        }
    }
}
