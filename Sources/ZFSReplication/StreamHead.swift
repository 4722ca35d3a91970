internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder

/// The first record of a stream, looked at before `zfs` reads it.
///
/// Source: `struct drr_begin` in `zfs_ioctl.h`: 4 bytes record type (0), 4 payload length, 8 magic, 8 version information,
/// 8 creation time, 4 type of the dataset (2 file system, 3 volume), in the byte order of the sender. The lowest two bits
/// of the version information are 2 for the head of a stream with properties, which says nothing of the dataset.
enum StreamHead {
    /// The bytes that tell.
    private static let length = 36
    /// How long to wait for them.
    private static let patience: Duration = .seconds(600)

    /// The kind of dataset that a stream makes, nil when it does not tell, and a source that still has all of it.
    static func kind(of source: StreamSource) async throws -> (DatasetKind?, StreamSource) {
        switch source {
        case .descriptor(let descriptor):
            return (kind(try await peek(descriptor)), source)
        case .reader(let read):
            var head: [UInt8] = []
            while head.count < length, let piece = try await read() { head += piece }
            let first = PendingPiece(head)
            return (
                kind(head),
                .reader {
                    if let piece = first.take() { return piece }
                    return try await read()
                }
            )
        }
    }

    /// What the bytes say.
    static func kind(_ head: [UInt8]) -> DatasetKind? {
        guard head.count >= length else { return nil }
        let isLittle = number(head[8..<16], isLittle: true) == magic
        guard isLittle || number(head[8..<16], isLittle: false) == magic else { return nil }
        guard number(head[16..<24], isLittle: isLittle) & 3 == 1 else { return nil }
        switch number(head[32..<36], isLittle: isLittle) {
        case 2: return .filesystem
        case 3: return .volume
        default: return nil
        }
    }

    private static let magic: UInt64 = 0x2_F5BA_CBAC

    private static func number(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> UInt64 {
        let ordered = isLittle ? Array(bytes.reversed()) : Array(bytes)
        return ordered.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The first bytes of a file or socket, which stay where they are; none of anything else.
    private static func peek(_ descriptor: Descriptor) async throws -> [UInt8] {
        let start = ContinuousClock.now
        var bytes = [UInt8](repeating: 0, count: length)
        var pause = Duration.milliseconds(1)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe recv(
                    descriptor.number, buffer.baseAddress, buffer.count,
                    Int32(MSG_PEEK | MSG_DONTWAIT))
            }
            if count >= length { return bytes }
            if count < 0, errno == ENOTSOCK { return read(descriptor) }
            // An end or error is `zfs`'s to find; bytes after a long pause are no use.
            if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { return [] }
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
