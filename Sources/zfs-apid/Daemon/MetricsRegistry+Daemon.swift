public import APIServer
import AsyncZFSExecutor
public import Observability

extension MetricsRegistry: MetricsSource {
    /// The metrics now, and their media type.
    public func metrics(openMetrics: Bool) -> (contentType: String, text: [UInt8]) {
        (Self.contentType(openMetrics: openMetrics), exposition(openMetrics: openMetrics))
    }

    /// Reads the numbers of the process, the executor and the connections whenever metrics are asked for.
    func observe(_ executor: Executor, _ admission: ConnectionAdmission, version: String) {
        bootstrap()
        observeProcess(version: version)
        observe(.childProcesses) {
            let load = executor.load
            return [
                MetricSample(load.running, [("state", "running")]), MetricSample(load.stuck, [("state", "stuck")]),
            ]
        }
        observe(.queuedCommands) { [MetricSample(executor.load.waiting)] }
        let counts = admission.counts
        observe(.activeConnections) { [MetricSample(counts.active)] }
        observe(.inFlightRequests) { [MetricSample(counts.requests)] }
    }
}
