extension RPCError {
    /// One and the same for every token that does not work, so that nothing is learned by trying.
    static var tokenInvalid: RPCError {
        RPCError(
            .credentialsRefused, "token_invalid", "the token is unknown, used up, expired or revoked; ask for a new one"
        )
    }

    static var tokenNotFound: RPCError {
        RPCError(
            .taskNotFound, "token_not_found", "the caller has no such token; give all of it, not its first characters")
    }

    static var streamNotFound: RPCError {
        RPCError(
            .taskNotFound, "stream_not_found", "there is no such stream, or it is expired; stream_init makes a new one")
    }

    static func streamInUse(_ id: String) -> RPCError {
        RPCError(
            .conflict, "stream_in_use",
            "stream \(id) is in use; wait until that transfer has ended, or end it with stream_cancel",
            isRetryable: true)
    }

    static func wrongOperation(_ operation: TransferRequest.Operation) -> RPCError {
        let method = operation == .send ? "GET" : "POST"
        return RPCError(
            .conflict, "wrong_operation",
            "this is to \(operation.rawValue); use it the other way round, at /stream with \(method)")
    }

    static var cancelledByRequest: RPCError {
        RPCError(.cancelled, "cancelled", "the transfer was ended by stream_cancel")
    }

    static func tooManyTransfers(_ limit: Int) -> RPCError {
        RPCError(
            .unavailable, "overloaded", "\(limit) transfers run already; try again when one has ended",
            isRetryable: true)
    }

    static var storeUnavailable: RPCError {
        RPCError(
            .unavailable, "store_unavailable", "the store of tokens and streams does not answer; try again",
            isRetryable: true)
    }

    static var storeFull: RPCError {
        RPCError(
            .unavailable, "store_full", "there are too many tokens or streams; revoke some, or wait until they expire",
            isRetryable: true)
    }
}
