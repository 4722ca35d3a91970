extension RPCError {
    /// The HTTP status of the answer to a single call that failed with this error.
    package var httpStatus: Int {
        switch code {
        case .authenticationRequired, .credentialsRefused: 401
        case .notAllowed: 403
        case .rateLimited: 429
        case .unavailable: 503
        default: 200
        }
    }

    /// Seconds until it makes sense to ask again, for `Retry-After`: the member `retry_after` of `details`.
    package var retryAfter: Int? {
        guard case .number(let text) = details?["retry_after"] else { return nil }
        return Int(text)
    }
}
