public import AsyncZFSExecutor
internal import Synchronization
internal import ZFSCommandBuilder

extension Replication {
    /// Sends.
    /// - Parameters: As those of ``Replicator/send(_:to:control:onStart:)``.
    /// - Throws: As ``Replicator/send(_:to:control:onStart:)``.
    public func send(
        _ request: SendRequest,
        to sink: StreamSink,
        control: StreamControl,
        onStart: @Sendable ([String]) async throws -> Void
    ) async throws -> SendOutcome {
        let start = ContinuousClock.now
        let invocation: Invocation
        let snapshot: SnapshotName
        let guid: UInt64
        if let token = request.resumeToken {
            let resumption = try await resumption(of: request, with: token)
            invocation = Invocation(resumption.command)
            (snapshot, guid) = (resumption.contents.snapshot, resumption.contents.toGUID)
        } else {
            let plan = try await plan(request)
            invocation = Invocation(plan.command)
            (snapshot, guid) = (request.snapshot, plan.guid.value)
        }
        let isProven = Atomic<Bool>(false)
        let result = try await runner.run(StreamPipeline([.command(invocation)], to: sink), control: control) { head in
            if let head = StreamHead(head) {
                guard head.guid == guid else { throw ReplicationError.snapshotReplaced(snapshot) }
                isProven.store(true, ordering: .relaxed)
            } else {
                // `zfs` has the snapshot open now, so that it can not be destroyed and its name not be used again.
                guard try await isStill(snapshot, guid) else { throw ReplicationError.snapshotReplaced(snapshot) }
            }
            try await onStart(invocation.arguments)
        }
        try result.check(invocation)
        // One that was destroyed since was whole when it was sent.
        if !isProven.load(ordering: .relaxed), let isStill = try? await isStill(snapshot, guid), !isStill {
            throw ReplicationError.snapshotReplaced(snapshot)
        }
        return SendOutcome(bytes: control.bytes, duration: start.duration(to: .now))
    }

    /// Whether the name is still that of the snapshot: the head of a stream of several does not say what it begins with.
    private func isStill(_ snapshot: SnapshotName, _ guid: UInt64) async throws -> Bool {
        let text = try await runner.run(ZFS.GetValue(.snapshot(snapshot), .guid))
        return try GUID(text).value == guid
    }
}

extension StreamResult {
    /// - Throws: `CommandFailed` unless the only process ended with status 0.
    func check(_ invocation: Invocation) throws {
        guard let termination = terminations.first else { throw OutputError(expected: "a process", line: "".utf8) }
        try termination.check(invocation)
    }
}
