import AsyncZFSExecutor
import ZFSRPC

/// Builds the JSON-RPC server with the executor below it.
func makeRPCServer(configuration: ZFSConfiguration, start: ContinuousClock.Instant) throws -> RPCServer {
    let executor = try Executor(
        ExecutorConfiguration(
            path: configuration.path,
            processes: configuration.maxProcesses,
            queue: configuration.queue,
            deadline: .seconds(configuration.deadline),
            sharesReads: configuration.shareReads
        )
    )
    return RPCServer(runner: executor, service: ServiceDescription(version: Version.current, started: start))
}
