internal import AsyncZFSExecutor
internal import Glibc

extension StreamHead {
    /// How long to wait for the first record.
    private static let patience: Duration = .seconds(600)

    /// What the first record of a source says, nil when it does not tell, and a source that still has all of it.
    static func read(from source: StreamSource) async throws -> (StreamHead?, StreamSource) {
        switch source {
        case .descriptor(let descriptor):
            return (StreamHead(try await peek(descriptor) { $0 }), source)
        case .body(let body):
            let head = try await peek(body.socket, behind: body.begun) { bytes in
                try body.content(of: bytes, atMost: length)
            }
            return (StreamHead(head), source)
        case .reader(let read):
            var head: [UInt8] = []
            while head.count < length, let piece = try await read() { head += piece }
            let first = PendingPiece(head)
            return (
                StreamHead(head),
                .reader {
                    if let piece = first.take() { return piece }
                    return try await read()
                }
            )
        }
    }

    /// The first bytes of a file or socket, which stay where they are; none of anything else.
    /// - Parameters:
    ///   - begun: What was read before them.
    ///   - content: What of the bytes belongs to the stream.
    private static func peek(
        _ descriptor: Descriptor, behind begun: [UInt8] = [], content: ([UInt8]) throws -> [UInt8]
    ) async throws -> [UInt8] {
        let start = ContinuousClock.now
        // What frames a body stands between them.
        var bytes = [UInt8](repeating: 0, count: length + 4096)
        var pause = Duration.milliseconds(1)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe recv(
                    descriptor.number, buffer.baseAddress, buffer.count,
                    Int32(MSG_PEEK | MSG_DONTWAIT))
            }
            let head = try content(begun + bytes.prefix(max(0, count)))
            if head.count >= length { return head }
            if count < 0, errno == ENOTSOCK { return read(descriptor) }
            // An end or error is `zfs`'s to find; bytes after a long pause are no use.
            if count == 0 || count == bytes.count || (count < 0 && errno != EAGAIN && errno != EINTR) { return [] }
            if isAtEnd(descriptor) { return [] }
            let waited = start.duration(to: .now)
            guard waited < patience else { throw StreamError.stalled(.network, seconds: 600) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    /// Whether the peer of a socket sends no more.
    private static func isAtEnd(_ descriptor: Descriptor) -> Bool {
        // POLLRDHUP of Linux, `poll(2)`, which the module shows to GNU programs only.
        let closed: Int16 = 0x2000
        var state = pollfd(fd: descriptor.number, events: closed, revents: 0)
        return unsafe poll(&state, 1, 0) > 0 && state.revents & (closed | Int16(POLLHUP | POLLERR)) != 0
    }

    private static func read(_ file: Descriptor) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: length)
        let place = lseek(file.number, 0, SEEK_CUR)
        guard place >= 0 else { return [] }
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(file.number, buffer.baseAddress, buffer.count, place)
        }
        return Array(bytes.prefix(max(0, count)))
    }
}
