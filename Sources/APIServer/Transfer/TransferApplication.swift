public import ZFSRPC

/// What the transfer sockets serve; one for all of them.
public struct TransferApplication: Sendable {
    /// Runs the transfers.
    public var transfers: Transfers
    /// Says who needs no token.
    public var access: AccessControl
    /// Is told of requests that are refused before they become a transfer.
    public var refusals: (any RefusalObserver)?

    /// Makes an application.
    public init(transfers: Transfers, access: AccessControl, refusals: (any RefusalObserver)? = nil) {
        self.transfers = transfers
        self.access = access
        self.refusals = refusals
    }
}
