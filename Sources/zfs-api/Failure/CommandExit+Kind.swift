import ZFSAPIClient

extension CommandExit {
    /// The exit of an error of the client.
    init(_ kind: ClientError.Kind) {
        self =
            switch kind {
            case .invalidRequest, .invalidParameters: .usage
            case .notFound: .notFound
            case .authenticationFailed, .permissionDenied: .denied
            case .conflict: .conflict
            case .transferFailed, .streamCut: .transferFailed
            case .unavailable, .connectionFailed: .unavailable
            case .rateLimited: .rateLimited
            case .timedOut: .timedOut
            case .cancelled: .cancelled
            case .internalError: .internalError
            case .protocolError: .protocolError
            case .migrationFailed: .migrationFailed
            case .tokenUnusable: .configuration
            default: .operationFailed
            }
    }
}
