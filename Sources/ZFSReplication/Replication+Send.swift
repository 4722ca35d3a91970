public import AsyncZFSExecutor
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
        let result = try await runner.run(StreamPipeline([.command(invocation)], to: sink), control: control) {
            // `zfs` has the snapshot open now, so that it can not be destroyed and its name not be used again.
            guard try await isStill(snapshot, guid) else { throw ReplicationError.snapshotReplaced(snapshot) }
            try await onStart(invocation.arguments)
        }
        try result.check(invocation)
        // One that was destroyed since was whole when it was sent.
        if let isStill = try? await isStill(snapshot, guid), !isStill {
            throw ReplicationError.snapshotReplaced(snapshot)
        }
        return SendOutcome(bytes: control.bytes, duration: start.duration(to: .now))
    }

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
