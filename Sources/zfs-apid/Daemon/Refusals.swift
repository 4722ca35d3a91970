import APIServer
import Observability
import ZFSRPC

/// Counts and records requests that are refused before they become a call.
struct Refusals: RefusalObserver {
    let metrics: CallMetrics
    let audit: AuditLog?

    func didRefuse(_ call: CallRecord, with error: RPCError) async {
        metrics.countRefusal(error.code, reason: error.reason)
        await audit?.didRun(call, error: error, duration: .zero)
    }
}
