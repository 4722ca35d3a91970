/// What ``Transfers`` knows by itself, without the store.
struct TransferState: Sendable {
    /// A transfer that runs.
    struct Entry: Sendable {
        let transfer: RunningTransfer
        /// Whether somebody asked to end it.
        var isCancelled = false
    }

    /// What runs, by the identifiers of sessions or own ones.
    var running: [String: Entry] = [:]
    /// Sessions whose transfer is about to run; true when somebody asked to end it meanwhile.
    var begun: [String: Bool] = [:]
    /// Sessions that are being cancelled in the store.
    var cancelling: Set<String> = []
    /// Ends that the store could not take; they are told again before the session is used.
    var unrecorded: [String: (state: StreamSession.State, bytes: UInt64)] = [:]
    /// What ended transfers left.
    var counters = TransferCounters()

    /// The most ends that are kept for the store; a session that is forgotten here stays in use until it expires.
    static let unrecordedLimit = 1000

    /// Why a transfer can not run now; nil when it can, and then a begun session is taken for it.
    mutating func refusal(of grant: TransferGrant, limit: Int) -> RPCError? {
        if let session = grant.session {
            if begun[session] == true { return .cancelledByRequest }
            // The right to a session is for one run.
            if begun[session] == nil || running[session] != nil { return .streamInUse(session) }
        }
        if running.count >= limit { return .tooManyTransfers(limit) }
        if let session = grant.session { begun[session] = nil }
        return nil
    }

    /// The counters, with what runs.
    var currentCounters: TransferCounters {
        var counters = counters
        for entry in running.values {
            counters.add(entry.transfer)
            counters.active[entry.transfer.key, default: 0] += 1
        }
        return counters
    }
}
