public import AsyncZFSExecutor
internal import Synchronization
public import ZFSCommandBuilder
public import ZFSReplication

/// Sends and receives what closures say, and remembers how it went.
public final class StubReplicator: Replicator {
    /// Sends into the sink, and returns how many bytes.
    public typealias Sending =
        @Sendable (
            SendRequest, StreamSink, StreamControl, @Sendable ([String]) async throws -> Void
        ) async throws -> UInt64
    /// Receives from the source, and returns how many bytes.
    public typealias Receiving =
        @Sendable (
            ReceiveRequest, StreamSource, StreamControl, @Sendable ([String]) async throws -> Void
        ) async throws -> UInt64

    private struct State {
        var started = 0
        var running = 0
        var cancelled = 0
    }

    private let state = Mutex(State())
    private let sending: Sending
    private let receiving: Receiving

    /// Makes it; what is not given ends at once with nothing.
    public init(
        send: @escaping Sending = { _, _, _, onStart in
            try await onStart(["send"])
            return 0
        },
        receive: @escaping Receiving = { _, _, _, onStart in
            try await onStart(["receive"])
            return 0
        }
    ) {
        sending = send
        receiving = receive
    }

    /// How many transfers began.
    public var started: Int { state.withLock { $0.started } }
    /// How many transfers run now.
    public var running: Int { state.withLock { $0.running } }
    /// How many transfers ended because they were cancelled.
    public var cancelled: Int { state.withLock { $0.cancelled } }

    /// Not used.
    public func estimate(_ request: SendRequest) async throws -> StreamEstimate {
        StreamEstimate(
            flags: StreamFlags(raw: false, compressed: false, largeBlocks: false, embedded: false), bytes: 0,
            isIncremental: false)
    }

    /// Sends.
    public func send(
        _ request: SendRequest, to sink: StreamSink, control: StreamControl,
        onStart: @Sendable ([String]) async throws -> Void
    ) async throws -> SendOutcome {
        let start = ContinuousClock.now
        let bytes = try await counted { try await sending(request, sink, control, onStart) }
        return SendOutcome(bytes: bytes, duration: start.duration(to: .now))
    }

    /// Receives; what comes is the snapshot `stub`.
    public func receive(
        _ request: ReceiveRequest, from source: StreamSource, control: StreamControl,
        onStart: @Sendable ([String]) async throws -> Void
    ) async throws -> ReceiveOutcome {
        let start = ContinuousClock.now
        let bytes = try await counted { try await receiving(request, source, control, onStart) }
        return ReceiveOutcome(
            bytes: bytes, duration: start.duration(to: .now),
            snapshots: [try SnapshotName(request.dataset, ComponentName("stub"))])
    }

    /// Does nothing.
    public func abortReceive(of dataset: DatasetName) async throws {}

    private func counted(_ body: () async throws -> UInt64) async throws -> UInt64 {
        state.withLock { state in
            state.started += 1
            state.running += 1
        }
        defer { state.withLock { $0.running -= 1 } }
        do {
            return try await body()
        } catch {
            if Task.isCancelled { state.withLock { $0.cancelled += 1 } }
            throw error
        }
    }
}
