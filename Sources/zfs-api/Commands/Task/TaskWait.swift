import ZFSAPIClient

/// Waits for a migration, and shows how far it is.
struct TaskWait {
    let client: Client
    let output: Output

    /// Waits until it has ended.
    /// - Throws: `ClientError` of the kind `migrationFailed` when it has failed or was cancelled.
    func wait(for id: String) async throws {
        var line = ProgressLine(output)
        // Remote callers are counted.
        let interval: Duration = client.address.isLocal ? .milliseconds(500) : .seconds(2)
        let result = await Result {
            try await client.wait(for: id, every: interval) { task in
                guard task.status == "running", let progress = task.currentProgress, progress.bytesTotal > 0 else {
                    return
                }
                line.show(ProgressState(progress))
            }
        }
        line.end()
        let task = try result.get()
        let bytes = task.currentProgress.map { " (\(output.size($0.bytesTransferred)))" } ?? ""
        try output.show(task, sentence: "\(task.params.source) is at \(task.params.destination)\(bytes)")
    }
}

extension ServiceAddress {
    /// Whether the daemon is on this machine, as far as the address tells.
    var isLocal: Bool {
        switch self {
        case .http(let place), .https(let place): place.isLoopback
        case .unix: true
        }
    }
}
