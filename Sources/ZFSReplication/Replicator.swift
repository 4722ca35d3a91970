public import AsyncZFSExecutor
public import ZFSCommandBuilder

/// Sends and receives: the seam between transports and what a stream means to ZFS.
public protocol Replicator: Sendable {
    /// What a stream would be: its flags, decided, and its estimated size.
    /// - Throws: `CommandFailed`, `ReplicationError`, `ExecutionError`, `CancellationError`.
    func estimate(_ request: SendRequest) async throws -> StreamEstimate

    /// Sends.
    /// - Parameters:
    ///   - request: What to send.
    ///   - sink: Where to; bytes may have gone there when it fails.
    ///   - control: Counts and bounds.
    ///   - onStart: Called once, with the arguments of `zfs`, when the stream has its first byte and before it goes to the sink.
    /// - Throws: `CommandFailed`, `ReplicationError`, `ExecutionError`, `StreamError`, `CancellationError`, and what the
    ///   sink or `onStart` throw: the stream is then not whole.
    func send(
        _ request: SendRequest,
        to sink: StreamSink,
        control: StreamControl,
        onStart: @Sendable ([String]) async throws -> Void
    ) async throws -> SendOutcome

    /// Receives.
    /// - Parameters:
    ///   - request: Where to.
    ///   - source: Where from; it is not read to its end when it fails.
    ///   - control: Counts and bounds.
    ///   - onStart: Called once, with the arguments of `zfs`, when `zfs receive` runs and before the source is read.
    /// - Throws: As `send`; `ReplicationError.interrupted` when it can be resumed.
    func receive(
        _ request: ReceiveRequest,
        from source: StreamSource,
        control: StreamControl,
        onStart: @Sendable ([String]) async throws -> Void
    ) async throws -> ReceiveOutcome

    /// Throws away what an interrupted resumable receive left (`zfs receive -A`).
    func abortReceive(of dataset: DatasetName) async throws
}
