internal import AsyncZFSExecutor

/// A connection without TLS: the socket itself, so that the kernel can move the bytes of a stream.
struct PlainTransferConnection: TransferConnection {
    let socket: Descriptor
    let poller: SocketPoller

    func read(_ count: Int, until deadline: ContinuousClock.Instant) async throws(TransferFault) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            switch socket.receive(count - bytes.count, into: &bytes) {
            case .moved: break
            case .wouldBlock: try await wait(for: .readable, until: deadline)
            case .end: throw .ended
            case .failed: throw .broken
            }
        }
        return bytes
    }

    func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) async throws(TransferFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch socket.send(rest) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .wouldBlock: try await wait(for: .writable, until: deadline)
            case .end, .failed: throw .broken
            }
        }
    }

    func sink(_ framing: StreamFraming) -> StreamSink { .descriptor(socket, framing: framing) }

    var source: StreamSource { .descriptor(socket) }

    func waitUntilGone() async -> Bool {
        // The socket itself is waited for by writes.
        guard let watched = socket.duplicate() else { return false }
        return await poller.wait(for: .gone, on: watched, until: .now + .seconds(Self.century)) == .ready
    }

    func finish(until deadline: ContinuousClock.Instant) async {
        socket.endOutput()
        while .now < deadline {
            var dropped: [UInt8] = []
            switch socket.receive(Self.dropBytes, into: &dropped) {
            case .moved: await Task.yield()
            case .wouldBlock:
                guard await poller.wait(for: .readable, on: socket, until: deadline) == .ready else { return }
            case .end, .failed: return
            }
        }
    }

    func reset() async {
        socket.resetOnClose()
    }

    private static let dropBytes = 64 << 10
    private static let century = 3_155_760_000

    private func wait(
        for interest: SocketPoller.Interest, until deadline: ContinuousClock.Instant
    ) async throws(TransferFault) {
        switch await poller.wait(for: interest, on: socket, until: deadline) {
        case .ready: break
        case .late: throw .late
        case .cancelled: throw .cancelled
        }
    }
}
