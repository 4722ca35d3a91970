/// Work that runs at the same time and has one time limit.
enum Gathering {
    /// The results that are there in time, in the order of the work; nil for those that are not.
    static func results<Value: Sendable>(
        of work: [@Sendable () async -> Value], within limit: Duration
    ) async -> [Value?] {
        var results = [Value?](repeating: nil, count: work.count)
        guard !work.isEmpty else { return results }
        let (stream, continuation) = AsyncStream.makeStream(of: (Int, Value).self)
        // Not children of this task: nobody waits for work that hangs, and it ends with the process.
        for (index, body) in work.enumerated() {
            Task { continuation.yield((index, await body())) }
        }
        let end = Task {
            try? await Task.sleep(for: limit)
            continuation.finish()
        }
        defer { end.cancel() }
        var missing = work.count
        for await (index, value) in stream {
            results[index] = value
            missing -= 1
            if missing == 0 { break }
        }
        return results
    }
}
