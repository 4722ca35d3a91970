public import ZFSRPC

/// Is told of requests that are refused before they become a call.
public protocol RefusalObserver: Sendable {
    /// Called once for each; the record has no method.
    func didRefuse(_ call: CallRecord, with error: RPCError) async
}
