import APIServer

extension ConnectionCounts {
    /// Waits until so many connections are open; the suite's time limit ends a wait in vain.
    func settles(active count: Int) async throws {
        while active != count { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Waits until so many handshakes failed; a client may know of it before the server has counted.
    func settles(failedHandshakes count: Int) async throws {
        while refused(.tls) != count { try await Task.sleep(for: .milliseconds(5)) }
    }
}
