internal import ZFSRPC

/// The names of the counters in the store.
enum StoreCounter {
    static func created(_ operation: String) -> String { "created." + operation }
    static func used(_ operation: String) -> String { "used." + operation }
    static func revoked(_ operation: String) -> String { "revoked." + operation }
    static func refused(_ refusal: TransferRefusal) -> String { "refused." + refusal.rawValue }
}

extension TransferStatistics {
    /// Numbers by the names of their counters.
    init(counters: [String: UInt64], active: UInt64) {
        self.init()
        for operation in TransferRequest.Operation.allCases {
            created[operation] = counters[StoreCounter.created(operation.rawValue)] ?? 0
            used[operation] = counters[StoreCounter.used(operation.rawValue)] ?? 0
            revoked[operation] = counters[StoreCounter.revoked(operation.rawValue)] ?? 0
        }
        for refusal in TransferRefusal.allCases { refused[refusal] = counters[StoreCounter.refused(refusal)] ?? 0 }
        self.active = active
    }
}
