import ZFSAPIClient

/// Shows how far a stream is while it goes.
struct TransferMeter {
    let client: Client
    let output: Output
    let counter: ByteCounter
    /// Of the stream, as estimated; nil when nobody knows.
    let total: Int?
    /// Finds the stream among those that run.
    let operation: String
    let dataset: String

    /// Shows the progress as long as a closure takes.
    func during<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        guard !output.quiet, !output.json else { return try await body() }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                await follow()
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    private func follow() async {
        var line = ProgressLine(output)
        defer { line.end() }
        var rate = Rate()
        var waitsFor: String?
        var ticks = 0
        while (try? await Task.sleep(for: .milliseconds(250))) != nil {
            ticks += 1
            // Remote callers are counted, so the daemon is not asked often.
            if ticks % 20 == 4 { waitsFor = await stall() }
            let bytes = counter.bytes
            line.show(ProgressState(bytes: bytes, total: total, rate: rate.add(bytes), waitsFor: waitsFor))
        }
    }

    /// Whom the stream waits for, as the daemon sees it.
    private func stall() async -> String? {
        guard let sessions = try? await client.streamList().sessions else { return nil }
        return sessions.first { $0.state == "running" && $0.operation == operation && $0.dataset == dataset }?.waitsFor
    }
}
