internal import ZFSRPC

/// How much a store holds.
public struct TransferStoreLimits: Sendable, Hashable {
    /// The most tokens of a user, and the most sessions.
    public var perUser: Int
    /// The most tokens of all users, and the most sessions.
    public var total: Int

    /// The most values in an answer.
    static let listed = 1000

    /// Makes limits.
    public init(perUser: Int = 1000, total: Int = 100_000) {
        self.perUser = perUser
        self.total = total
    }

    var userIsFull: TransferStoreError {
        TransferStoreError("a user has \(perUser) already; wait until some expire, or revoke some", isFull: true)
    }

    var storeIsFull: TransferStoreError {
        TransferStoreError("the store holds \(total) already; wait until some expire", isFull: true)
    }
}
