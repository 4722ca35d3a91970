import AsyncZFSExecutor
import Observability
import ZFSRPC

extension MetricsRegistry {
    /// Reads the numbers of streams whenever metrics are asked for.
    func observe(_ transfers: Transfers, _ executor: Executor) {
        observe(.streamBytes) {
            let bytes = transfers.counters.bytes
            return TransferRequest.Operation.allCases.flatMap { operation in
                TransferTransport.allCases.map { transport in
                    let count = bytes[TransferCounters.Key(operation, transport)] ?? 0
                    return MetricSample(
                        Double(count), [("direction", operation.rawValue), ("transport", transport.rawValue)])
                }
            }
        }
        observe(.activeStreams) { [MetricSample(executor.streamLoad.active)] }
        observe(.streamStalls) { [MetricSample(Double(executor.streamLoad.stalls))] }
        observe(.pipeBytes) {
            let bytes = executor.streamLoad.smallestPipe
            return bytes > 0 ? [MetricSample(bytes)] : []
        }
    }
}
