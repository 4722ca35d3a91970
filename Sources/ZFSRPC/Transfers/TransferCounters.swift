internal import AsyncZFSExecutor

/// What transfers did since the daemon started, for metrics.
public struct TransferCounters: Sendable, Hashable {
    /// Which transfers.
    public struct Key: Sendable, Hashable {
        /// Whether they sent or received.
        public let operation: TransferRequest.Operation
        /// By which way.
        public let transport: TransferTransport

        /// Makes a key.
        public init(_ operation: TransferRequest.Operation, _ transport: TransferTransport) {
            self.operation = operation
            self.transport = transport
        }
    }

    /// The bytes that were moved, those of running transfers included.
    public var bytes: [Key: UInt64] = [:]
    /// The transfers that run.
    public var active: [Key: Int] = [:]
    /// The transfers that were stopped because no byte moved for too long.
    public var stalls: UInt64 = 0
    /// Whether the store of tokens and sessions answered when it was asked last.
    public var isStoreUp = true

    /// Counts the bytes of one transfer.
    mutating func add(_ transfer: RunningTransfer) {
        bytes[transfer.key, default: 0] += transfer.control.bytes
    }
}

extension RunningTransfer {
    /// Where its bytes are counted.
    var key: TransferCounters.Key { TransferCounters.Key(grant.request.operation, route.transport) }
}
